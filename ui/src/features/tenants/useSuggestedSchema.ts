import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'
import { useDebounced } from '../../shared/useDebounced'

/** A free schema name that fits a tenant's name. Nothing as long as the answer is about the name of before. */
export function useSuggestedSchema(name: string): string | undefined {
  const settled = useDebounced(name)
  const query = useQuery({
    queryKey: ['suggest-schema', settled],
    queryFn: () => call(commands.suggestSchema(settled)),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return settled === name ? query.data : undefined
}
