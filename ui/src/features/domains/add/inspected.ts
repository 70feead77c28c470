import { queryOptions, useQuery } from '@tanstack/react-query'
import { call, commands, type DomainName, type Inspected, type Problem, type SchemaName } from '../../../ipc/client'
import { useDebounced } from '../../../shared/useDebounced'

const PAUSE = 200

/** What the engine makes of an input, for a tenant or for nobody in particular. */
export const inspectedOptions = (input: string, schema: SchemaName | null) =>
  queryOptions({
    queryKey: ['inspected', schema, input],
    queryFn: () => call(commands.inspectDomains(input, schema)),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** The same while it is being typed. What was answered about another input stands until the new answer is here, and says so. */
export function useInspected(input: string, schema: SchemaName | null) {
  const settled = useDebounced(input, PAUSE)
  const query = useQuery({
    ...inspectedOptions(settled, schema),
    enabled: settled.trim() !== '',
    placeholderData: (before) => before,
  })
  const isBlank = input.trim() === ''
  return {
    found: isBlank ? undefined : query.data,
    isCurrent: !isBlank && settled === input && !query.isPlaceholderData && query.data !== undefined,
    error: isBlank ? null : query.error,
  }
}

export type Verdict = 'free' | 'unproven' | 'yours_already' | 'taken' | 'invalid'

/** What would become of a name if it were given to a tenant. */
export function verdictOf({ name, held, proof }: Inspected, schema: SchemaName | null): Verdict {
  if (!name) return 'invalid'
  if (held) return held.owner.schema === schema ? 'yours_already' : 'taken'
  return proof ? 'unproven' : 'free'
}

/** The names in their stored form, each once: what is sent. */
export const storedOf = (found: Inspected[]): string[] => [
  ...new Set(found.flatMap(({ name }) => (name ? [name.stored] : []))),
]

const CUTS = ['domain_url', 'domain_port', 'domain_path'] as const

/** How the stored form came about: each step that was taken on the way. */
export function stepsOf(name: DomainName, problem: Problem | null) {
  const cut = problem && (CUTS.find((code) => code === problem.rule.code) ?? 'other')
  const cuts = cut ? [`add.cut.${cut}` as const] : []
  return [...cuts, ...name.rewrites.map((rewrite) => `rewrite.${rewrite}` as const)]
}
