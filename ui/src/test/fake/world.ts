import type { Axis, Challenge, Diagnosis, Domain, DomainDetail, DomainLook, NewItem, Step } from '../../ipc/client'
import { refuse } from './plans'
import type { FakePlatform } from './platform'
import { ago, DAY, MINUTE, zoneLine } from './worldRecords'
import { sightOf } from './worldSights'

/** When a domain was looked at since the platform was made. */
const looks = new WeakMap<FakePlatform, Map<string, string>>()
const looksOf = (of: FakePlatform) => looks.get(of) ?? looks.set(of, new Map()).get(of) ?? new Map<string, string>()

export function domainDetail(of: FakePlatform, name: string): DomainDetail {
  const domain = of.domains.find((known) => known.domain === name) ?? refuse({ code: 'domain_not_found', domain: name })
  const challenge = challengeOf(domain)
  const known = {
    domain,
    challenge,
    proofRequired: false,
    zoneLines: [],
    steps: [] as Step[],
    approval: null,
    observation: null,
  }
  const since = domain.primary ? ago(200 * DAY) : null
  const assignment = { since, by: since && 'ana' }
  const nothing = { ownership: null, routing: null, certificate: null, assignment }
  if (domain.kind === 'development') return { ...known, ...nothing, state: 'local' }
  const sight = sightOf(domain, challenge)
  const look = looksOf(of).get(name)
  if (sight.isNew && !look) return { ...known, ...nothing, state: 'unchecked' }
  const at = look ?? ago(4 * MINUTE)
  const isTrouble = sight.steps.length > 0 || sight.failure !== undefined
  const axis = <S>(state: S, failure?: string): Axis<S> => ({
    state,
    since: sight.isNew ? at : ago(36 * DAY),
    seenAt: failure ? ago(9 * DAY) : at,
    checkedAt: at,
    nextCheck: new Date(Date.parse(at) + (isTrouble ? 11 * MINUTE : DAY)).toISOString(),
    troubles: isTrouble ? 12 : 0,
    failure: failure ?? null,
  })
  const wanted = sight.steps.flatMap((step) =>
    step.step === 'add_record' || step.step === 'allow_authority'
      ? [step.record]
      : step.step === 'change_record'
        ? [step.to]
        : [],
  )
  return {
    ...known,
    assignment,
    state: sight.state,
    proofRequired: sight.ownership !== undefined,
    ownership: sight.ownership ? axis(sight.ownership) : null,
    approval: sight.ownership === 'approved' ? { by: 'ana', reason: 'the contract names it' } : null,
    routing: axis(sight.routing, sight.failure),
    certificate: axis(sight.certificate, sight.failure),
    steps: sight.steps,
    zoneLines: wanted.map(zoneLine),
    observation: {
      domain: name,
      at,
      vantage: { host: 'workstation', resolvers: ['10.20.0.2:53', '10.20.0.3:53'] },
      ...sight.seen,
    },
  }
}

export function lookAt(of: FakePlatform, name: string): DomainLook {
  looksOf(of).set(name, new Date().toISOString())
  const { domain, steps, routing, certificate } = domainDetail(of, name)
  const diagnosis: Diagnosis = {
    ownership: 'not_required',
    routing: routing?.state ?? 'not_applicable',
    certificate: certificate?.state ?? 'not_applicable',
    steps,
  }
  return { domain: domain.domain, diagnosis }
}

/** Items of a job that looks at domains; none where none is due. */
export function roundsOf(of: FakePlatform, onlyDue: boolean): NewItem[] {
  const asked = of.domains.filter(({ kind, domain }) => kind === 'public' && !(onlyDue && looksOf(of).has(domain)))
  const names = asked.map(({ domain }) => domain)
  for (const name of names) looksOf(of).set(name, new Date().toISOString())
  const rounds = Array.from({ length: Math.ceil(names.length / 5) }, (_, at) => names.slice(at * 5, at * 5 + 5))
  return rounds.map((domains) => ({
    subject: `${domains[0]} and ${domains.length - 1} more`,
    intent: { intent: 'check_domains', request: { domains } },
    planHash: null,
  }))
}

function challengeOf({ domain, owner }: Domain): Challenge {
  const token = [...`${domain}${owner.schema}`].map((c) => (c.charCodeAt(0) % 16).toString(16)).join('')
  return { record: `_tenantry-challenge.${domain}`, value: `tenantry-proof=${token.repeat(4).slice(0, 40)}` }
}
