import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'

export const useMaster = () => useQuery({ queryKey: ['catalog'], queryFn: () => call(commands.masterCatalog()) })

/** All releases, and how far the master has gone on. */
export const useReleases = () =>
  useQuery({ queryKey: ['catalog-releases'], queryFn: () => call(commands.catalogReleases()) })
