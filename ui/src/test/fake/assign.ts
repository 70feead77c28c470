import type { Assignment, Change, Finding, Intent, Plan, Reassignment } from '../../ipc/client'
import { holder, refuse, sealed } from './plans'
import { addDomain, type FakePlatform } from './platform'

/** A domain, and whose it shall be. */
type Wanted = { domain: string; to: string | null; primary?: boolean }

/** What giving domains to tenants comes to: each tenant concerned has one primary domain afterwards, if it has any. */
export function assign(
  of: FakePlatform,
  intent: Intent,
  subject: string,
  wanted: Wanted[],
  also: Finding[] = [],
): Plan {
  const before = new Map<string, Assignment>(
    of.domains.map(({ domain, owner, primary }) => [domain, { schema: owner.schema, primary }]),
  )
  const after = new Map(before)
  const concerned = new Set<string>()
  for (const { domain, to, primary = false } of wanted) {
    const was = before.get(domain)
    if (was) concerned.add(was.schema)
    after.delete(domain)
    if (to === null) continue
    concerned.add(to)
    after.set(domain, { schema: to, primary })
  }
  const findings = [...also]
  const owned = byTenant(after)
  const asked = new Map(wanted.filter(({ primary }) => primary).map(({ domain, to }) => [to, domain]))
  for (const schema of concerned) {
    const its = owned.get(schema) ?? []
    const kept = its.find((domain) => before.get(domain)?.schema === schema && before.get(domain)?.primary)
    const primary = asked.get(schema) ?? kept ?? its[0]
    for (const domain of its) after.set(domain, { schema, primary: domain === primary })
    const tenant = of.tenants.find((known) => known.schema === schema)
    if (its.length === 0 && tenant) {
      findings.push({ finding: 'left_without_domain', tenant: { schema, name: tenant.name } })
    }
  }
  const domains = [...new Set([...before.keys(), ...after.keys()])]
    .map((domain): Reassignment => {
      const [was = null, is = null] = [before.get(domain), after.get(domain)]
      return { domain, before: was, after: is, row: was && !is ? '{}' : null }
    })
    .filter(({ before: was, after: is }) => was?.schema !== is?.schema || was?.primary !== is?.primary)
  const changes = domains.flatMap(changeOf)
  const had = byTenant(before)
  for (const schema of concerned) {
    const was = had.get(schema)?.find((domain) => before.get(domain)?.primary) ?? null
    const is = owned.get(schema)?.find((domain) => after.get(domain)?.primary) ?? null
    const stays = is !== null && before.get(is)?.schema === schema
    if (was !== is && is !== null && stays) changes.push({ change: 'change_primary', schema, before: was, after: is })
  }
  return sealed(intent, subject, changes, findings, { inverse: 'restore_domains', domains })
}

function byTenant(assigned: Map<string, Assignment>): Map<string, string[]> {
  const owned = new Map<string, string[]>()
  for (const [domain, { schema }] of assigned) {
    const its = owned.get(schema)
    if (its) its.push(domain)
    else owned.set(schema, [domain])
  }
  return owned
}

function changeOf({ domain, before, after }: Reassignment): Change[] {
  if (!before) return after ? [{ change: 'add_domain', domain, ...after }] : []
  if (!after) return [{ change: 'remove_domain', schema: before.schema, domain }]
  if (before.schema === after.schema) return []
  const { schema: from, primary: wasPrimary } = before
  return [{ change: 'move_domain', domain, from, to: after.schema, wasPrimary, primary: after.primary }]
}

export function planMove(of: FakePlatform, intent: Extract<Intent, { intent: 'move_domains' }>): Plan {
  const { domains, to } = intent.request
  if (!of.tenants.some(({ schema }) => schema === to)) refuse({ code: 'tenant_not_found', schema: to })
  const held = domains.map((domain) => holder(of, domain))
  const here = held.filter(({ owner }) => owner.schema === to)
  const given = held.filter(({ owner }) => owner.schema !== to).map(({ domain }) => ({ domain, to }))
  const yours = here.map(({ domain, primary }): Finding => ({ finding: 'domain_yours', domain, primary }))
  return assign(of, intent, to, given, yours)
}

/** Puts domains back as they were. The primary ones decide for their tenants. */
export function restore(of: FakePlatform, domains: Reassignment[]): Plan {
  const back = domains.map(({ domain, before }) => ({
    domain,
    to: before?.schema ?? null,
    primary: before?.primary ?? false,
  }))
  const intent: Intent = { intent: 'remove_domain', request: { domain: domains[0]?.domain ?? '' } }
  return assign(of, intent, domains[0]?.before?.schema ?? domains[0]?.after?.schema ?? '', back)
}

/** Makes a change of whose a domain is. */
export function writeDomain(of: FakePlatform, change: Change) {
  const tenant = (schema: string) => of.tenants.find((known) => known.schema === schema)
  const take = (domain: string) => {
    const row = of.domains.find((known) => known.domain === domain)
    const owner = row && tenant(row.owner.schema)
    of.domains = of.domains.filter((known) => known !== row)
    if (!owner) return
    owner.domains -= 1
    if (owner.primaryDomain === domain) owner.primaryDomain = null
  }
  const give = (schema: string, domain: string, primary: boolean) => {
    const to = tenant(schema)
    if (to) addDomain(of, to, domain, primary)
  }
  if (change.change === 'add_domain' || change.change === 'put_back_domain') {
    give(change.schema, change.domain, change.primary)
  } else if (change.change === 'remove_domain') {
    take(change.domain)
  } else if (change.change === 'move_domain') {
    take(change.domain)
    give(change.to, change.domain, change.primary)
  } else if (change.change === 'change_primary') {
    const its = tenant(change.schema)
    if (its) its.primaryDomain = change.after
    for (const row of of.domains) {
      if (row.owner.schema === change.schema) row.primary = row.domain === change.after
    }
  }
}
