import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { call, commands, type Entry, type OperationId } from '../../ipc/client'

/** So many entries are read at once; the older ones come when one scrolls to them. */
const PAGE = 100

export function useJournal(text: string) {
  return useInfiniteQuery({
    queryKey: ['journal', text],
    queryFn: ({ pageParam }) => call(commands.journal({ text, before: pageParam, limit: PAGE })),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.seq),
    placeholderData: (before) => before,
  })
}

/** An entry by its number or its operation, wherever in the journal it stands. */
export const useEntry = (of: { seq: number } | { operation: OperationId }) =>
  useQuery({
    queryKey: ['journal-entry', of],
    queryFn: async (): Promise<Entry | null> => {
      const filter = 'seq' in of ? { text: '', before: of.seq + 1 } : { text: of.operation, before: null }
      const [entry] = await call(commands.journal({ ...filter, limit: 1 }))
      if (!entry || ('seq' in of && entry.seq !== of.seq)) return null
      return entry
    },
  })

export const useCheckJournal = () => useMutation({ mutationFn: () => call(commands.checkJournal()) })

export async function entryOf(operation: OperationId): Promise<Entry | null> {
  const [entry] = await call(commands.journal({ text: operation, before: null, limit: 1 }))
  return entry ?? null
}

/** The newest operation that can be taken back, and is not itself a taking back. */
export async function newestUndoable(): Promise<Entry | null> {
  const entries = await call(commands.journal({ text: '', before: null, limit: PAGE }))
  return entries.find(({ canUndo, kind }) => canUndo && kind !== 'undo') ?? null
}
