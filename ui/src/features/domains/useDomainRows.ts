import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { call, commands, type DomainPage, type DomainQuery, type ListedDomain } from '../../ipc/client'
import { mark } from '../../shared/marks'
import type { RowSource } from '../../shared/rowSource'

/** So many rows come at once. */
export const WINDOW = 200
/** So often is asked for other windows while one scrolls. */
const PACE = 80

const windowOf = (index: number) => Math.floor(index / WINDOW)

const page = (query: DomainQuery, window: number) => ({
  queryKey: ['domain-page', query, window],
  queryFn: async () => {
    mark('domains-asked')
    const answer = await call(commands.findDomains(query, window * WINDOW, WINDOW))
    mark('domains-answered')
    return answer
  },
})

type Answers = { data: DomainPage | undefined; error: unknown }[]
const together = (answers: Answers) => ({
  pages: answers.map(({ data }) => data),
  error: answers.find(({ error }) => error)?.error ?? null,
})

/**
 * All domains that a search finds, of which those in view are fetched. While a new search is under way, what the one before
 * found stays.
 */
export function useDomainRows(query: DomainQuery) {
  const client = useQueryClient()
  const first = useQuery(page(query, 0))
  const [answered, setAnswered] = useState(query)
  if (first.data && answered !== query) setAnswered(query)
  const shown = first.data ? query : answered

  const [[from, to], look] = useView()
  // How many there are is known by the first window only.
  const end = Math.min(to, first.data ? windowOf(first.data.matching) : to)
  const windows = useMemo(() => [0, ...numbers(Math.max(1, from), end)], [from, end])
  const { pages, error } = useQueries({ queries: windows.map((window) => page(shown, window)), combine: together })
  const head = pages[0]

  const rows = useMemo((): RowSource<ListedDomain> => {
    const rowsIn = new Map(windows.map((window, at) => [window, pages[at]?.rows]))
    return {
      count: head?.matching ?? 0,
      answerTo: JSON.stringify(shown),
      rowAt: (index) => rowsIn.get(windowOf(index))?.[index % WINDOW],
      indexOf: (key) => {
        for (const [window, its] of rowsIn) {
          const at = its?.findIndex(({ domain }) => domain === key) ?? -1
          if (at >= 0) return window * WINDOW + at
        }
        return -1
      },
      onView: look,
      rowsBetween: async (start, end) => {
        const wanted = numbers(windowOf(start), windowOf(end))
        const found = await Promise.all(
          wanted.map((window) => client.fetchQuery({ ...page(shown, window), staleTime: 60_000 })),
        )
        const skipped = windowOf(start) * WINDOW
        return found.flatMap(({ rows: its }) => its).slice(start - skipped, end - skipped + 1)
      },
    }
  }, [client, head, look, pages, shown, windows])

  return {
    query: shown,
    rows,
    data: head,
    error: first.error ?? error,
    isBehind: shown !== query,
    refetch: () => void client.refetchQueries({ queryKey: ['domain-page'], type: 'active' }),
  }
}

export type DomainRows = ReturnType<typeof useDomainRows>

/** The windows in view and those next to them, told now and then while one scrolls. */
function useView() {
  const [view, setView] = useState<[number, number]>([0, 0])
  const latest = useRef<[number, number]>([0, 0])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const look = useCallback((first: number, last: number) => {
    latest.current = [windowOf(Math.max(0, first - WINDOW / 2)), windowOf(last + WINDOW / 2)]
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const [from, to] = latest.current
      setView((old) => (old[0] === from && old[1] === to ? old : [from, to]))
    }, PACE)
  }, [])
  return [view, look] as const
}

const numbers = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
