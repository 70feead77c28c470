import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, commands } from '../../../ipc/client'

/** Everything that is known about a domain. Nobody is asked for it. */
export const useDomainDetail = (domain: string) =>
  useQuery({ queryKey: ['domain-detail', domain], queryFn: () => call(commands.domainDetail(domain)) })

/** Looks for the proof of a domain, and reads again what is known about it. */
export function useProve(domain: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(commands.proveDomain(domain, null)),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Starts a job that looks at domains; answers with nothing where none is to be looked at. */
export function useCheckAll() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (onlyDue: boolean) => call(commands.checkAllDomains(onlyDue)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
}
