import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { appError, call, commands, type ImportCheck, type ImportDomains, type ImportTable } from '../../../ipc/client'
import { useDebounced } from '../../../shared/useDebounced'
import { type Draft, requestOf } from './draft'
import { rowsOf } from './rowState'

const IMPORT = 'domain-import'
const MOMENT = 150
/** So many rows are looked at once they have been left alone for longer. */
const LARGE = 5000
const LONGER = 500

export type Read = ImportTable & { isGuessed: boolean }

/** The rows of what is being read. Where no heading says which column holds domains, the first one is taken, and that is said. */
export function useImportTable({ source, fields, tenant, id }: Draft) {
  return useQuery({
    queryKey: [IMPORT, id, 'table', fields, tenant],
    queryFn: async (): Promise<Read | null> => {
      if (!source) return null
      try {
        return { ...(await call(commands.readDomainImport(source, fields, tenant))), isGuessed: false }
      } catch (error) {
        if (fields || appError(error)?.code !== 'invalid') throw error
        const table = await call(commands.readDomainImport(source, ['domain'], tenant)).catch(() =>
          Promise.reject(error),
        )
        return { ...table, fields: table.headers.map((_, at) => (at === 0 ? 'domain' : 'ignore')), isGuessed: true }
      }
    },
    placeholderData: (before, asked) => (asked?.queryKey[1] === id ? before : undefined),
    enabled: source !== null,
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnMount: false,
  })
}

type Answer = { request: ImportDomains; places: number[]; check: ImportCheck }

let asked = 0
const numbers = new WeakMap<object, number>()

/** Thousands of rows make a long key: each question has a number instead. */
function numberOf(question: object): number {
  const known = numbers.get(question)
  if (known !== undefined) return known
  asked += 1
  numbers.set(question, asked)
  return asked
}

/** A verdict on every row. The one before stays in view until the new one is here, together with the rows it is about. */
export function useImportCheck(table: ImportTable, { id, edits, onTaken, approval }: Draft) {
  const question = useMemo(() => requestOf(table, { edits, onTaken, approval }), [table, edits, onTaken, approval])
  const settled = useDebounced(question, table.rows.length > LARGE ? LONGER : MOMENT)
  const query = useQuery({
    queryKey: [IMPORT, id, 'check', numberOf(settled)],
    queryFn: async (): Promise<Answer> => ({
      ...settled,
      check: await call(commands.checkDomainImport(settled.request)),
    }),
    placeholderData: (before, of) => (of?.queryKey[1] === id ? before : undefined),
    structuralSharing: false,
    refetchOnWindowFocus: false,
    gcTime: 30_000,
  })
  const answer = query.data
  const rows = useMemo(() => (answer ? rowsOf(answer.request.rows, answer.places, answer.check.rows) : []), [answer])
  return { query, answer, rows, isChecking: settled !== question || query.isFetching }
}

/** Reads the source again, and looks at its rows again. */
export function useReadAgain() {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: [IMPORT] })
}

/** Asks where to, and writes the rows with their verdicts. The file; `null` where that was cancelled. */
export const useSaveImport = (request: ImportDomains | undefined) =>
  useMutation({
    mutationFn: async (name: string) => {
      if (!request) return null
      const target = await call(commands.chooseDomainTarget(name))
      if (target !== null) await call(commands.saveDomainImport(request, target))
      return target
    },
  })
