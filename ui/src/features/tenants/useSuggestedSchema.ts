import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'
import { useDebounced } from '../../shared/useDebounced'

/** A free schema name that fits a tenant's name; the one before stays until the new one is here. */
export function useSuggestedSchema(name: string): string | undefined {
  const settled = useDebounced(name)
  const query = useQuery({
    queryKey: ['suggest-schema', settled],
    queryFn: () => call(commands.suggestSchema(settled)),
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return query.data
}
