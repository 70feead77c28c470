import { useCallback, useMemo, useRef } from 'react'

/** Which rows are chosen, by their keys. */
export type Choice<T> = {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** The name of a row's check box. */
  label: (row: T) => string
}

export const CHOICE_WIDTH = '32px'

/** What clicks and keys do to the choice: one row, all from the one before to this one, all that are shown. */
export function useGridChoice<T>(shown: T[], rowKey: (row: T) => string, choice: Choice<T> | undefined) {
  const anchor = useRef<string | null>(null)
  const now = useRef({ shown, rowKey, choice })
  now.current = { shown, rowKey, choice }

  // The rows are memoised, so what they call stays the same function.
  const add = useCallback((from: number, to: number) => {
    const { shown, rowKey, choice } = now.current
    const between = shown.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)
    choice?.onChange(new Set([...choice.chosen, ...between.map(rowKey)]))
  }, [])

  const toggle = useCallback(
    (index: number, range: boolean) => {
      const { shown, rowKey, choice } = now.current
      const row = shown[index]
      if (!choice || row === undefined) return
      const from = range ? shown.findIndex((known) => rowKey(known) === anchor.current) : -1
      anchor.current = rowKey(row)
      if (from >= 0) {
        add(from, index)
      } else {
        const next = new Set(choice.chosen)
        if (!next.delete(anchor.current)) next.add(anchor.current)
        choice.onChange(next)
      }
    },
    [add],
  )

  const all = useMemo(() => {
    const count = choice ? shown.filter((row) => choice.chosen.has(rowKey(row))).length : 0
    return { isAll: count > 0 && count === shown.length, isSome: count > 0 && count < shown.length }
  }, [shown, rowKey, choice])

  const setAll = useCallback((on: boolean) => {
    const { shown, rowKey, choice } = now.current
    if (!choice) return
    const next = new Set(choice.chosen)
    for (const row of shown) {
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
