import type { ReactNode } from 'react'
import type { Health, HealthFinding, TenantHealth } from '../../ipc/client'
import { Mono } from '../../shared/Name'
import type { Text } from '../../shared/text'
import { type Kind, STATES, type State } from './state'

/** The engine lists the gravest first. */
export const stateOf = ({ findings }: TenantHealth): State => findings[0]?.severity ?? 'clean'

export const rankOf = (tenant: TenantHealth) => STATES.indexOf(stateOf(tenant))

export const countStates = (tenants: TenantHealth[]) => {
  const counts: Record<State, number> = { grave: 0, wrong: 0, notice: 0, clean: 0 }
  for (const tenant of tenants) counts[stateOf(tenant)] += 1
  return counts
}

/** How many tenants are in the largest group of equal ones. The groups themselves may hold a template, which is no tenant. */
export const majorityOf = ({ groups, tenants }: Health) => {
  const largest = groups[0]?.id
  return tenants.filter(({ group }) => group !== null && group === largest).length
}

/** As the exported report numbers them. */
export const groupName = (id: number) => String(id + 1)

/** What a tenant was found to have, each kind once. */
export const kindsOf = ({ findings }: TenantHealth): Kind[] => [
  ...new Set(findings.map(({ symptom }) => symptom.symptom)),
]

/** Everything a search can find a tenant by. */
export function haystack({ t }: Pick<Text, 't'>, { name, schema, findings }: TenantHealth): string {
  const found = findings.map(({ symptom }) => {
    const { symptom: kind, ...facts } = symptom
    return `${t(`symptom.${kind}`)} ${Object.values(facts).flat().join(' ')}`
  })
  return [name, schema, ...found].join('\n').toLowerCase()
}

const LISTED = 8

/** A finding in a sentence. Names from the database stay apart from it, and a long list of them is cut. */
export function findingWords({ t, rich, richList }: Text, { symptom }: HealthFinding): ReactNode {
  const { symptom: kind, ...facts } = symptom
  const values: Record<string, ReactNode> = {}
  for (const [key, value] of Object.entries(facts) as [string, string | number | string[]][]) {
    if (typeof value === 'number') values[key] = value
    else if (Array.isArray(value)) values[key] = listed(value)
    else values[key] = <Mono key={key}>{value}</Mono>
  }
  if ('kind' in symptom) values.kind = t(`part.${symptom.kind}`)
  return rich(`finding.seen.${kind}`, values)

  function listed(names: string[]) {
    const shown: ReactNode[] = names.slice(0, LISTED).map((name) => <Mono key={name}>{name}</Mono>)
    const rest = names.length - LISTED
    if (rest > 0) shown.push(t('shape.more', { count: rest }))
    return <span key="list">{richList(shown)}</span>
  }
}
