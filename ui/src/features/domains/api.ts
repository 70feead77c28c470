import { useMutation, useQuery } from '@tanstack/react-query'
import {
  call,
  commands,
  type DomainQuery,
  type DomainVerdict,
  type Finding,
  type HandoverFormat,
  IpcError,
  type Outcome,
} from '../../ipc/client'

export const useDomains = (enabled = true) =>
  useQuery({ queryKey: ['domains'], queryFn: () => call(commands.listDomains()), enabled })

/** What would become of a domain if it were added to a tenant: its stored form, and who has it. */
export const useDomainVerdict = (schema: string, input: string) =>
  useQuery({
    queryKey: ['domain-verdict', schema, input],
    queryFn: () => verdict(schema, input),
    enabled: input.trim() !== '',
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

async function verdict(schema: string, input: string): Promise<DomainVerdict> {
  try {
    const name = await call(commands.checkDomain(input))
    const plan = await call(
      commands.plan({ intent: 'add_domains', request: { schema, domains: [input], onTaken: 'skip' } }),
    )
    return { field: 'domain', input, name, outcome: outcome(plan.findings) }
  } catch (error) {
    const problem = error instanceof IpcError && error.error.code === 'invalid' ? error.error.problems[0] : undefined
    if (!problem) throw error
    return { field: 'domain', input, name: null, outcome: { outcome: 'invalid', problem } }
  }
}

function outcome(findings: Finding[]): Outcome {
  for (const finding of findings) {
    if (finding.finding === 'domain_taken') return { outcome: 'taken', owner: finding.owner, primary: finding.primary }
    if (finding.finding === 'domain_yours') return { outcome: 'yours_already', primary: finding.primary }
  }
  return { outcome: 'free' }
}

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
