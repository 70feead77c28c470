import { defaultRangeExtractor, type Range, type Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** The header's place among the rows. */
export const HEADER = -1
const PAGE = 10

/** What keys do to the choice of rows. */
type Keys = {
  toggle: (row: number, range: boolean) => void
  add: (from: number, to: number) => void
  chooseAll: () => void
}

/** Which cell of a grid has the focus when the grid has it, and how the keys move it. */
export function useGridCell(grid: RefObject<HTMLElement | null>, rows: number, columns: number, choice?: Keys) {
  const [wanted, setWanted] = useState({ row: 0, column: 0 })
  const last = rows - 1
  const active = { row: Math.min(wanted.row, last), column: Math.min(wanted.column, columns - 1) }
  const moved = useRef(false)

  const keepActive = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range)
      const kept = active.row
      if (kept < 0 || kept >= range.count || shown.includes(kept)) return shown
      return [...shown, kept].sort((a, b) => a - b)
    },
    [active.row],
  )

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const target = event.target as HTMLElement
    if (event.altKey || target.matches('input:not([type=checkbox]), textarea, select')) return
    const fast = event.ctrlKey || event.metaKey
    if (choice && choose(event, fast)) {
      event.preventDefault()
      return
    }
    const next = move(event.key, fast, active, last, columns - 1)
    if (next) {
      event.preventDefault()
      moved.current = true
      setWanted(next)
    } else if ((event.key === 'Enter' || event.key === ' ') && target.dataset.cell) {
      event.preventDefault()
      const inside = target.querySelector<HTMLElement>('a, button')
      const isCheck = choice !== undefined && active.column === 0 && active.row >= 0
      ;(inside ?? (isCheck ? target.parentElement : target))?.click()
    }
  }

  /** Space chooses the row, Shift with the arrows goes on choosing, Ctrl+A chooses all. */
  function choose(event: KeyboardEvent, fast: boolean): boolean {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (fast && event.key.toLowerCase() === 'a') {
      choice?.chooseAll()
    } else if (event.key === ' ' && active.row >= 0) {
      choice?.toggle(active.row, event.shiftKey)
    } else if (event.shiftKey && step !== 0 && active.row >= 0) {
      const row = Math.max(0, Math.min(last, active.row + step))
      choice?.add(active.row, row)
      moved.current = true
      setWanted({ row, column: active.column })
    } else {
      return false
    }
    return true
  }

  function onFocus(event: { target: EventTarget }) {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell
    if (!at) return
    const [row = 0, column = 0] = at.split(':').map(Number)
    if (row !== active.row || column !== active.column) setWanted({ row, column })
  }

  /** Brings the cell that the keys went to into view, and gives it the focus. */
  function useScroll(virtual: Virtualizer<HTMLDivElement, Element>) {
    useEffect(() => {
      if (!moved.current) return
      moved.current = false
      if (active.row >= 0) virtual.scrollToIndex(active.row, { align: 'auto' })
      const cell = () => grid.current?.querySelector<HTMLElement>(`[data-cell="${active.row}:${active.column}"]`)
      const now = cell()
      if (now) now.focus({ preventScroll: true })
      else requestAnimationFrame(() => cell()?.focus({ preventScroll: true }))
    })
  }

  return { active, keepActive, onKeyDown, onFocus, useScroll }
}

type Place = { row: number; column: number }

function move(key: string, fast: boolean, { row, column }: Place, lastRow: number, lastColumn: number): Place | null {
  const to = (r: number, c: number) => ({
    row: Math.max(HEADER, Math.min(lastRow, r)),
    column: Math.max(0, Math.min(lastColumn, c)),
  })
  switch (key) {
    case 'ArrowDown':
      return to(fast ? lastRow : row + 1, column)
    case 'ArrowUp':
      return to(fast ? 0 : row - 1, column)
    case 'ArrowRight':
      return to(row, fast ? lastColumn : column + 1)
    case 'ArrowLeft':
      return to(row, fast ? 0 : column - 1)
    case 'PageDown':
      return to(row + PAGE, column)
    case 'PageUp':
      return to(Math.max(0, row - PAGE), column)
    case 'Home':
      return fast ? to(0, 0) : to(row, 0)
    case 'End':
      return fast ? to(lastRow, lastColumn) : to(row, lastColumn)
    default:
      return null
  }
}
