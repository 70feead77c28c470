import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ColumnMapping, call, commands, type JobId } from '../../ipc/client'
import { useDebounced } from '../../shared/useDebounced'

/** A large file is looked at once its columns have been left alone for a moment. */
const LARGE = 5000
const MOMENT = 150
const LONGER = 700

const CSV = 'csv'

/** What a file looks like. It is read anew when that is asked for, not behind somebody's back. */
export const useCsv = (path: string) =>
  useQuery({
    queryKey: [CSV, path],
    queryFn: () => call(commands.readCsv(path)),
    refetchOnWindowFocus: false,
  })

/**
 * A verdict on every row. The one before stays in view until the new one is here; each is kept under the mapping it was
 * asked for with, so that a late answer never stands for another question.
 */
export function useCsvCheck(path: string, mapping: ColumnMapping, total: number) {
  const settled = useDebounced(mapping, total > LARGE ? LONGER : MOMENT)
  const query = useQuery({
    queryKey: [CSV, path, 'check', settled],
    queryFn: () => call(commands.checkCsv(path, settled)),
    placeholderData: (before, asked) => (asked?.queryKey[1] === path ? before : undefined),
    structuralSharing: false,
    refetchOnWindowFocus: false,
    gcTime: 30_000,
  })
  return { query, isChecking: settled !== mapping || query.isFetching }
}

/** Reads a file again, and looks at its rows again. */
export function useReadAgain(path: string) {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: [CSV, path] })
}

export function useCreateFromCsv(path: string, mapping: ColumnMapping) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(commands.createFromCsv(path, mapping)),
    onSuccess: (job) => client.invalidateQueries({ queryKey: job === null ? [CSV, path, 'check'] : ['jobs'] }),
  })
}

/** Asks where to, and writes the same rows with what became of them. The file; `null` where that was cancelled. */
export function useSaveResult(path: string, mapping: ColumnMapping, job: JobId | null) {
  return useMutation({
    mutationFn: async (name: string) => {
      const target = await call(commands.chooseCsvResult(name))
      if (target !== null) await call(commands.saveCsvResult(path, mapping, job, target))
      return target
    },
  })
}
