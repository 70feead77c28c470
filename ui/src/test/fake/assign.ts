import type {
  AddDomains,
  Change,
  DomainPolicy,
  Finding,
  ImportDomains,
  Intent,
  Inverse,
  MoveDomains,
  Owner,
  Plan,
  Problem,
} from '../../ipc/client'
import { checkImport } from './domainImport'
import { proofOf } from './inspect'
import { isProblem, normalise, problem } from './names'
import { refuse, sealed } from './plans'
import { addDomain, type FakePlatform } from './platform'

type Wanted = { domain: string; schema: string; primary?: boolean }

const holderOf = (of: FakePlatform, wanted: string) => of.domains.find(({ domain }) => domain === wanted)

export function planAdd(of: FakePlatform, intent: Intent, { schema, domains, onTaken, approval }: AddDomains): Plan {
  const problems: Problem[] = []
  const findings: Finding[] = []
  const wanted: Wanted[] = []
  for (const [at, input] of domains.entries()) {
    const name = normalise(`domains[${at}]`, input)
    if (isProblem(name)) {
      problems.push(name)
      continue
    }
    const { stored: domain, rewrites } = name
    if (rewrites.length > 0) findings.push({ finding: 'domain_rewritten', input, stored: domain, rewrites })
    const row = holderOf(of, domain)
    if (row?.owner.schema === schema) findings.push({ finding: 'domain_yours', domain, primary: row.primary })
    else if (row && onTaken === 'fail') refuse({ code: 'domain_taken', domain, owner: row.owner })
    else if (row && onTaken === 'skip') {
      findings.push({ finding: 'domain_taken', domain, owner: row.owner, primary: row.primary })
    } else wanted.push({ domain, schema })
  }
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  return assign(of, intent, schema, wanted, findings, approval)
}

export function planMove(of: FakePlatform, intent: Intent, { domains, to, approval }: MoveDomains): Plan {
  const findings: Finding[] = []
  const wanted = domains.flatMap((domain): Wanted[] => {
    const row = holderOf(of, domain) ?? refuse({ code: 'domain_not_found', domain })
    if (row.owner.schema !== to) return [{ domain, schema: to }]
    findings.push({ finding: 'domain_yours', domain, primary: row.primary })
    return []
  })
  return assign(of, intent, to, wanted, findings, approval)
}

export function planDomainImport(of: FakePlatform, intent: Intent, request: ImportDomains): Plan {
  const { rows } = checkImport(of, request)
  const problems: Problem[] = []
  const findings: Finding[] = []
  const wanted: Wanted[] = []
  let leftOut = 0
  for (const [at, { line, name, tenant, verdict }] of rows.entries()) {
    const primary = request.rows[at]?.primary ?? false
    const stops = verdict.verdict === 'taken' && verdict.then === 'fail'
    if (stops && !request.onlyValid) {
      refuse({ code: 'domain_taken', domain: name?.stored ?? '', owner: verdict.owner })
    }
    const isGiven =
      verdict.verdict === 'new' ||
      verdict.verdict === 'becomes_primary' ||
      (verdict.verdict === 'taken' && verdict.then === 'move')
    if (isGiven && name && tenant) wanted.push({ domain: name.stored, schema: tenant.schema, primary })
    else if (verdict.verdict === 'taken' && name) {
      findings.push({ finding: 'domain_taken', domain: name.stored, owner: verdict.owner, primary: verdict.primary })
    } else if (verdict.verdict !== 'same') {
      leftOut += 1
      problems.push(problem(`line ${line}`, request.rows[at]?.domain ?? '', { code: 'domain_repeated' }))
    }
  }
  if (!request.onlyValid && problems.length > 0) refuse({ code: 'invalid', problems })
  if (leftOut > 0) findings.push({ finding: 'rows_left_out', count: leftOut })
  const schemas = new Set(wanted.map(({ schema }) => schema))
  return assign(of, intent, schemas.size === 1 ? ([...schemas][0] ?? '') : `${schemas.size} tenants`, wanted, findings)
}

export function planPolicy(of: FakePlatform, intent: Intent, after: DomainPolicy): Plan {
  const problems = [
    ...after.addresses.flatMap((value, at) =>
      /^[\d.]+$|:/.test(value) ? [] : [problem(`addresses[${at}]`, value, { code: 'address' })],
    ),
    ...(['names', 'authorities'] as const).flatMap((field) =>
      after[field].flatMap((value, at) => {
        const name = normalise(`${field}[${at}]`, value)
        return isProblem(name) ? [name] : []
      }),
    ),
    ...(after.httpsPort === 0 ? [problem('https_port', '0', { code: 'port' })] : []),
  ]
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  const before = of.policy
  if (JSON.stringify(before) === JSON.stringify(after)) return sealed(intent, 'domains', [])
  const inverse: Inverse = { inverse: 'set_domain_policy', policy: before }
  return sealed(intent, 'domains', [{ change: 'change_domain_policy', before, after }], [], inverse)
}

/** What it comes to when domains are given to tenants, from whoever has them. */
function assign(
  of: FakePlatform,
  intent: Intent,
  subject: string,
  wanted: Wanted[],
  findings: Finding[],
  approval?: string | null,
): Plan {
  const changes: Change[] = []
  const approved: Change[] = []
  const leaving = new Set(wanted.map(({ domain }) => domain))
  const losers = new Map<string, { owner: Owner; before: string }>()
  const hasPrimary = new Set(of.domains.filter(({ primary }) => primary).map(({ owner }) => owner.schema))
  for (const { domain, schema, primary: asked = false } of wanted) {
    const row = holderOf(of, domain)
    const primary = asked || !hasPrimary.has(schema)
    if (asked && hasPrimary.has(schema)) {
      const before = of.tenants.find((tenant) => tenant.schema === schema)?.primaryDomain ?? null
      changes.push({ change: 'change_primary', schema, before, after: domain })
    }
    hasPrimary.add(schema)
    if (!row) changes.push({ change: 'add_domain', schema, domain, primary })
    else if (row.owner.schema !== schema) {
      if (row.primary) losers.set(row.owner.schema, { owner: row.owner, before: domain })
      changes.push({
        change: 'move_domain',
        domain,
        from: row.owner.schema,
        to: schema,
        wasPrimary: row.primary,
        primary,
      })
    }
    const name = normalise('domain', domain)
    if (of.policy.proofRequired && !isProblem(name) && name.kind === 'public') {
      if (!approval) refuse({ code: 'refused', subject: domain, why: 'proof_needed', ...proofOf(domain, schema) })
      approved.push({ change: 'approve_domain', schema, domain, reason: approval })
    }
  }
  for (const [schema, { owner, before }] of losers) {
    const next = of.domains.find((row) => row.owner.schema === schema && !leaving.has(row.domain))
    if (next) changes.push({ change: 'change_primary', schema, before, after: next.domain })
    else findings.push({ finding: 'left_without_domain', tenant: owner })
  }
  const inverse: Inverse = {
    inverse: 'restore_domains',
    domains: wanted.map(({ domain, schema, primary = false }) => {
      const row = holderOf(of, domain)
      const before = row ? { schema: row.owner.schema, primary: row.primary } : null
      return { domain, before, after: { schema, primary }, row: null }
    }),
  }
  return sealed(intent, subject, [...changes, ...approved], findings, inverse)
}

/** Makes a change of who has a domain, or of what is asked of domains. */
export function writeAssignment(of: FakePlatform, change: Change) {
  if (change.change === 'change_domain_policy') of.policy = change.after
  if (change.change === 'put_back_domain') {
    const tenant = of.tenants.find(({ schema }) => schema === change.schema)
    if (tenant) addDomain(of, tenant, change.domain, change.primary)
  }
  if (change.change !== 'move_domain') return
  const row = holderOf(of, change.domain)
  const from = of.tenants.find(({ schema }) => schema === change.from)
  const to = of.tenants.find(({ schema }) => schema === change.to)
  if (!row || !to) return
  row.owner = { schema: to.schema, name: to.name }
  row.primary = change.primary
  to.domains += 1
  if (change.primary) to.primaryDomain = change.domain
  if (from) {
    from.domains -= 1
    if (change.wasPrimary) from.primaryDomain = null
  }
}

/** Takes back what was done to domains. */
export function planRestoreDomains(of: FakePlatform, inverse: Extract<Inverse, { inverse: 'restore_domains' }>): Plan {
  const intent: Intent = { intent: 'remove_domain', request: { domain: inverse.domains[0]?.domain ?? '' } }
  const changes = inverse.domains.flatMap(({ domain, before, after }): Change[] => {
    const row = holderOf(of, domain)
    if (!before) return row ? [{ change: 'remove_domain', schema: row.owner.schema, domain }] : []
    if (!row) return [{ change: 'put_back_domain', schema: before.schema, domain, primary: before.primary, row: '{}' }]
    if (row.owner.schema === before.schema) {
      return [
        { change: 'change_primary', schema: before.schema, before: after?.primary ? domain : null, after: domain },
      ]
    }
    const [from, to] = [row.owner.schema, before.schema]
    return [{ change: 'move_domain', domain, from, to, wasPrimary: row.primary, primary: before.primary }]
  })
  return sealed(intent, inverse.domains[0]?.after?.schema ?? '', changes)
}
