import { useCallback, useMemo, useRef } from 'react'
import type { RowSource } from './rowSource'

/** Which rows are chosen, by their keys. */
export type Choice<T> = {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** The name of a row's check box. */
  label: (row: T) => string
  /** All rows at once, where not all of them are here to be counted and chosen one by one. */
  all?: { isAll: boolean; isSome: boolean; set: (on: boolean) => void }
}

export const CHOICE_WIDTH = '32px'

/** What clicks and keys do to the choice: one row, all from the one before to this one, all that are shown. */
export function useGridChoice<T>(rows: RowSource<T>, rowKey: (row: T) => string, choice: Choice<T> | undefined) {
  const anchor = useRef<{ key: string; index: number } | null>(null)
  const now = useRef({ rows, rowKey, choice })
  now.current = { rows, rowKey, choice }

  // The rows are memoised, so what they call stays the same function.
  const add = useCallback((from: number, to: number) => {
    const { rows } = now.current
    const [first, last] = [Math.max(0, Math.min(from, to)), Math.min(rows.count - 1, Math.max(from, to))]
    const choose = (its: T[]) => {
      const { rowKey, choice } = now.current
      choice?.onChange(new Set([...choice.chosen, ...its.map(rowKey)]))
    }
    const here = rowsBetween(rows, first, last)
    if (here.length > last - first || !rows.rowsBetween) choose(here)
    else void rows.rowsBetween(first, last).then(choose, () => choose(here))
  }, [])

  const toggle = useCallback(
    (index: number, range: boolean) => {
      const { rows, rowKey, choice } = now.current
      const row = rows.rowAt(index)
      if (!choice || row === undefined) return
      const from = range && anchor.current ? placeOf(rows, anchor.current) : -1
      const key = rowKey(row)
      anchor.current = { key, index }
      if (from >= 0) {
        add(from, index)
      } else {
        const next = new Set(choice.chosen)
        if (!next.delete(key)) next.add(key)
        choice.onChange(next)
      }
    },
    [add],
  )

  const all = useMemo(() => {
    if (!choice) return { isAll: false, isSome: false }
    if (choice.all) return choice.all
    const count = rowsBetween(rows, 0, rows.count - 1).filter((row) => choice.chosen.has(rowKey(row))).length
    return { isAll: count > 0 && count === rows.count, isSome: count > 0 && count < rows.count }
  }, [rows, rowKey, choice])

  const setAll = useCallback((on: boolean) => {
    const { rows, rowKey, choice } = now.current
    if (!choice) return
    if (choice.all) return choice.all.set(on)
    const next = new Set(choice.chosen)
    for (const row of rowsBetween(rows, 0, rows.count - 1)) {
      if (on) next.add(rowKey(row))
      else next.delete(rowKey(row))
    }
    choice.onChange(next)
  }, [])

  const keys = useMemo(() => ({ toggle, add, chooseAll: () => setAll(true) }), [toggle, add, setAll])
  if (!choice) return null
  return {
    all,
    keys,
    toggle,
    has: (row: T) => choice.chosen.has(rowKey(row)),
    toggleAll: () => setAll(!all.isAll),
  }
}

/** The rows between two places that are here. */
export function rowsBetween<T>({ rowAt }: RowSource<T>, first: number, last: number): T[] {
  const found: T[] = []
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index)
    if (row !== undefined) found.push(row)
  }
  return found
}

/** Where a row is now; where it is not here, it is taken to be where it was. */
function placeOf<T>(rows: RowSource<T>, { key, index }: { key: string; index: number }): number {
  const at = rows.indexOf(key)
  return at < 0 && index < rows.count && rows.rowAt(index) === undefined ? index : at
}
