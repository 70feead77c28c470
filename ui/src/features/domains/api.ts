import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'

export const useDomains = (enabled = true) =>
  useQuery({ queryKey: ['domains'], queryFn: () => call(commands.listDomains()), enabled })
