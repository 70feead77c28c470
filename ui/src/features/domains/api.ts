import { useMutation, useQuery } from '@tanstack/react-query'
import { call, commands, type DomainQuery, type HandoverFormat } from '../../ipc/client'

export const useDomains = (enabled = true) =>
  useQuery({ queryKey: ['domains'], queryFn: () => call(commands.listDomains()), enabled })

/** How many domains are in each state. */
export const useDomainCounts = () =>
  useQuery({ queryKey: ['domain-counts'], queryFn: () => call(commands.domainCounts()) })

/** What becomes of a request. The answer to the input before stays until the new one is here. */
export const useWhoAnswers = (host: string) =>
  useQuery({
    queryKey: ['who-answers', host],
    queryFn: () => call(commands.whoAnswers(host)),
    enabled: host.trim() !== '',
    placeholderData: (before) => (host.trim() === '' ? undefined : before),
    staleTime: 0,
    gcTime: 0,
  })

export const useHandover = (query: DomainQuery, format: HandoverFormat) =>
  useQuery({
    queryKey: ['hand-over', query, format],
    queryFn: () => call(commands.handOverDomains(query, format)),
    placeholderData: (before) => before,
    gcTime: 0,
  })

/** Asks where to, and writes it there. */
export const useSaveHandover = (query: DomainQuery, format: HandoverFormat) =>
  useMutation({
    mutationFn: async (name: string) => {
      const target = await call(commands.chooseDomainTarget(name))
      if (target !== null) await call(commands.saveDomains(query, format, target))
      return target
    },
  })
