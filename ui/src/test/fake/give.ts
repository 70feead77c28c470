import type { AddDomains, DomainPolicy, Finding, ImportDomains, Intent, Inverse, Plan, Problem } from '../../ipc/client'
import { assign } from './assign'
import { checkImport } from './domainImport'
import { proofOf } from './inspect'
import { isProblem, normalise, problem } from './names'
import { refuse, sealed } from './plans'
import type { FakePlatform } from './platform'

type Given = { domain: string; to: string; primary?: boolean }

export function planAdd(of: FakePlatform, intent: Intent, { schema, domains, onTaken, approval }: AddDomains): Plan {
  const problems: Problem[] = []
  const findings: Finding[] = []
  const given: Given[] = []
  for (const [at, input] of domains.entries()) {
    const name = normalise(`domains[${at}]`, input)
    if (isProblem(name)) {
      problems.push(name)
      continue
    }
    const { stored: domain, rewrites } = name
    if (rewrites.length > 0) findings.push({ finding: 'domain_rewritten', input, stored: domain, rewrites })
    const row = of.domains.find((known) => known.domain === domain)
    if (row?.owner.schema === schema) findings.push({ finding: 'domain_yours', domain, primary: row.primary })
    else if (row && onTaken === 'fail') refuse({ code: 'domain_taken', domain, owner: row.owner })
    else if (row && onTaken === 'skip') {
      findings.push({ finding: 'domain_taken', domain, owner: row.owner, primary: row.primary })
    } else given.push({ domain, to: schema })
  }
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  return give(of, intent, schema, given, findings, approval)
}

export function planDomainImport(of: FakePlatform, intent: Intent, request: ImportDomains): Plan {
  const findings: Finding[] = []
  const given: Given[] = []
  const problems: Problem[] = []
  for (const [at, { line, name, tenant, verdict }] of checkImport(of, request).rows.entries()) {
    const asked = request.rows[at]
    const domain = name?.stored ?? ''
    if (verdict.verdict === 'same') continue
    if (verdict.verdict === 'taken' && verdict.then === 'fail' && !request.onlyValid) {
      refuse({ code: 'domain_taken', domain, owner: verdict.owner })
    } else if (verdict.verdict === 'taken' && verdict.then !== 'move') {
      findings.push({ finding: 'domain_taken', domain, owner: verdict.owner, primary: verdict.primary })
    } else if (['new', 'becomes_primary', 'taken'].includes(verdict.verdict) && tenant) {
      given.push({ domain, to: tenant.schema, primary: asked?.primary ?? false })
    } else problems.push(problem(`line ${line}`, asked?.domain ?? '', { code: 'domain_repeated' }))
  }
  if (!request.onlyValid && problems.length > 0) refuse({ code: 'invalid', problems })
  if (problems.length > 0) findings.push({ finding: 'rows_left_out', count: problems.length })
  const schemas = [...new Set(given.map(({ to }) => to))]
  const subject = schemas.length === 1 ? (schemas[0] ?? '') : `${schemas.length} tenants`
  return give(of, intent, subject, given, findings, request.approval)
}

/** With who answers for those that are not proven. */
function give(
  of: FakePlatform,
  intent: Intent,
  subject: string,
  given: Given[],
  findings: Finding[],
  approval: string | null | undefined,
): Plan {
  const plan = assign(of, intent, subject, given, findings)
  const unproven = of.policy.proofRequired ? given : []
  for (const { domain, to } of unproven) {
    if (!approval) refuse({ code: 'refused', subject: domain, why: 'proof_needed', ...proofOf(domain, to) })
    plan.changes.push({ change: 'approve_domain', schema: to, domain, reason: approval })
  }
  return plan
}

export function planPolicy(of: FakePlatform, intent: Intent, after: DomainPolicy): Plan {
  const wrongNames = (['names', 'authorities'] as const).flatMap((field) =>
    after[field].map((value, at) => normalise(`${field}[${at}]`, value)).filter(isProblem),
  )
  const wrongAddresses = after.addresses.flatMap((value, at) =>
    /^\d+(\.\d+){3}$|:/.test(value) ? [] : [problem(`addresses[${at}]`, value, { code: 'address' })],
  )
  const wrongPort = after.httpsPort === 0 ? [problem('https_port', '0', { code: 'port' })] : []
  const problems = [...wrongAddresses, ...wrongNames, ...wrongPort]
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  const before = of.policy
  if (JSON.stringify(before) === JSON.stringify(after)) return sealed(intent, 'domains', [])
  const inverse: Inverse = { inverse: 'set_domain_policy', policy: before }
  return sealed(intent, 'domains', [{ change: 'change_domain_policy', before, after }], [], inverse)
}
