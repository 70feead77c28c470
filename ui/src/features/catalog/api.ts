import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'

export const useMaster = () => useQuery({ queryKey: ['catalog'], queryFn: () => call(commands.masterCatalog()) })

/** What every tenant lacks of the master, as plans; empty ones for those that lack nothing. */
export const useSyncPlans = (enabled: boolean) =>
  useQuery({
    queryKey: ['sync-plans'],
    queryFn: () => call(commands.planCatalogSync(null)),
    enabled,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
