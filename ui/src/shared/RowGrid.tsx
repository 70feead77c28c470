import './grid.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import type { GridProps } from './DataGrid'
import { GridHeader } from './GridHeader'
import { GridRow } from './GridRow'
import { useGridCell } from './gridCell'
import { CHOICE_WIDTH, useGridChoice } from './gridChoice'
import type { RowSource } from './rowSource'
import { useWidth } from './useWidth'

const HEIGHT = 32

/**
 * Rows as a grid of the ARIA authoring practices: one tab stop, arrows between the cells, Enter opens.
 * Only the rows in view are in the document.
 */
export function RowGrid<T>(props: GridProps<T> & { rows: RowSource<T> }) {
  const { rows, rowKey, selected, rowHeight, onFirstRows, onEnd, onMenu } = props
  const { count, rowAt, onView } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = useMemo(
    () => props.columns.filter((column) => width === 0 || width >= (column.hideBelow ?? 0)),
    [props.columns, width],
  )
  const choice = useGridChoice(rows, rowKey, props.choice)
  const leading = choice ? 1 : 0
  const cell = useGridCell(scroller, count, columns.length + leading, choice?.keys)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rowHeight && rowAt(index)
      return row === undefined ? HEIGHT : (rowHeight?.(row) ?? HEIGHT)
    },
    overscan: 8,
    scrollPaddingStart: HEIGHT,
    rangeExtractor: cell.keepActive,
  })

  const hasHeights = rowHeight !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of other heights are measured anew
  useEffect(() => {
    if (hasHeights) virtual.measure()
  }, [rows, hasHeights])
  cell.useScroll(virtual)

  const at = selected === undefined ? -1 : rows.indexOf(selected)
  const broughtUp = useRef<string>(undefined)
  const isPartial = onView !== undefined
  useEffect(() => {
    // A row that comes back while one scrolls by is not to be jumped to.
    if (at < 0 || (isPartial && broughtUp.current === selected)) return
    broughtUp.current = selected
    virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, selected, isPartial, virtual])

  const { answerTo } = rows
  const answered = useRef(answerTo)
  useEffect(() => {
    if (answered.current === answerTo) return
    answered.current = answerTo
    virtual.scrollToOffset(0)
  }, [answerTo, virtual])

  const any = count > 0
  useEffect(() => {
    if (any) onFirstRows?.()
  }, [any, onFirstRows])

  const items = virtual.getVirtualItems()
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => {
    if (any) onView?.(startIndex, endIndex)
  }, [any, onView, startIndex, endIndex])

  const last = items.at(-1)?.index ?? 0
  const isAtEnd = any && last >= count - 1
  useEffect(() => {
    if (isAtEnd) onEnd?.()
  }, [isAtEnd, onEnd])

  const template = useMemo(
    () => [...(leading ? [CHOICE_WIDTH] : []), ...columns.map((column) => column.width)].join(' '),
    [columns, leading],
  )

  /** Whether a menu was opened for the row of a cell. */
  function openMenu(target: EventTarget, place: (cell: Element) => { x: number; y: number }): boolean {
    const of = (target as Element).closest<HTMLElement>('[data-cell]')
    if (!of || !onMenu) return false
    const row = rowAt(Number.parseInt(of.dataset.cell ?? '', 10))
    if (row === undefined) return false
    onMenu(row, place(of))
    return true
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const isMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
    if (isMenu && openMenu(event.target, below)) event.preventDefault()
    else cell.onKeyDown(event)
  }
  function onContextMenu(event: MouseEvent) {
    if (openMenu(event.target, () => ({ x: event.clientX, y: event.clientY }))) event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={-1}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + leading}
      aria-multiselectable={choice ? true : undefined}
      style={{ '--columns': template } as React.CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={cell.onFocus}
      onContextMenu={onContextMenu}
    >
      <GridHeader
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        active={cell.active}
        choice={choice ? { ...choice.all, onToggle: choice.toggleAll } : undefined}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const row = rowAt(index)
          // Rows keep their place and change what they show: cheaper than new ones at each key of a search.
          return (
            <GridRow
              key={index}
              row={row}
              index={index}
              start={start}
              size={size}
              columns={columns}
              selected={index === at}
              activeColumn={cell.active.row === index ? cell.active.column : -1}
              testId={row && props.rowTestId?.(row)}
              onOpen={props.onOpen}
              chosen={choice ? row !== undefined && choice.has(row) : undefined}
              onChoose={choice?.toggle}
              chooseLabel={row && props.choice?.label(row)}
            />
          )
        })}
      </div>
    </div>
  )
}

function below(cell: Element) {
  const { left, bottom } = cell.getBoundingClientRect()
  return { x: left + 8, y: bottom }
}
