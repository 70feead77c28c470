import type {
  Axis,
  CertificateState,
  Challenge,
  Diagnosis,
  DnsAnswer,
  DnsRecord,
  Domain,
  DomainDetail,
  DomainLook,
  DomainState,
  NewItem,
  Observation,
  Ownership,
  RoutingState,
  Step,
} from '../../ipc/client'
import { refuse } from './plans'
import type { FakePlatform } from './platform'
import { chain, dnsOf, HERE, recordOf, TARGET, tlsOf, zoneLine, zoneOf } from './worldRecords'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ago = (span: number) => new Date(Date.now() - span).toISOString()

/** What is to be seen of a domain, and what is known of it already. */
type Sight = {
  routing: RoutingState
  certificate: CertificateState
  ownership?: Ownership
  state: DomainState
  steps: Step[]
  seen: Pick<Observation, 'dns' | 'tls' | 'proof'>
  /** Nobody has looked before. */
  isNew?: boolean
  failure?: string
}

/** When a domain was looked at since the platform was made. */
const looks = new WeakMap<FakePlatform, Map<string, string>>()
const looksOf = (of: FakePlatform) => looks.get(of) ?? looks.set(of, new Map()).get(of) ?? new Map<string, string>()

export function domainDetail(of: FakePlatform, name: string): DomainDetail {
  const domain = of.domains.find((known) => known.domain === name) ?? refuse({ code: 'domain_not_found', domain: name })
  const challenge = challengeOf(domain)
  const known = { domain, challenge, proofRequired: false, zoneLines: [], steps: [] as Step[], observation: null }
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

/** A few that tell of something; all others have not been looked at, and are well. */
function sightOf({ domain, kind }: Domain, challenge: Challenge): Sight {
  const zone = zoneOf(domain)
  const here = recordOf(domain, 'A', HERE, 3600)
  const wanted = recordOf(domain, zone === domain ? 'A' : 'CNAME', zone === domain ? HERE : TARGET)
  const live: Sight = {
    routing: 'ok',
    certificate: 'valid',
    state: kind === 'public' ? 'live' : 'local',
    steps: [],
    seen: { dns: dnsOf({ a: [here] }), tls: tlsOf(chain(domain, 63 * DAY)), proof: null },
  }
  switch (domain) {
    case 'quantmatrix.ai':
      return { ...live, ownership: 'proven', seen: { ...live.seen, proof: proofOf(challenge, 'right') } }
    case 'globex-health.example':
      return {
        ...live,
        certificate: 'expiring',
        state: 'expiring',
        steps: [{ step: 'renew_certificate', until: ago(-9 * DAY) }],
        seen: { ...live.seen, tls: tlsOf(chain(domain, 9 * DAY)) },
      }
    case 'shop.globex-health.example': {
      const [a, other] = [recordOf(domain, 'A', '203.0.113.9', 3600), recordOf(domain, 'A', '203.0.113.10', 3600)]
      const aaaa = recordOf(domain, 'AAAA', '2001:db8:4::9', 3600)
      const token = recordOf(challenge.record, 'TXT', challenge.value)
      return {
        ...live,
        routing: 'misdirected',
        certificate: 'name_mismatch',
        ownership: 'unproven',
        state: 'unproven',
        steps: [
          ...[a, other, aaaa].map((record): Step => ({ step: 'remove_record', record, why: 'leads_elsewhere' })),
          { step: 'add_record', record: token },
          { step: 'add_record', record: wanted },
        ],
        seen: {
          dns: dnsOf({ a: [a, other], aaaa: [aaaa] }),
          tls: tlsOf(chain('parking.example', 200 * DAY), { verdict: 'wrong_name' }, '203.0.113.9:443'),
          proof: proofOf(challenge, 'none'),
        },
      }
    }
    case 'umbrella-steel.example':
      return {
        ...live,
        certificate: 'expired',
        state: 'insecure',
        steps: [{ step: 'renew_certificate', until: ago(3 * DAY) }],
        seen: { ...live.seen, tls: tlsOf(chain(domain, -3 * DAY), { verdict: 'expired' }) },
      }
    case 'shop.umbrella-steel.example': {
      const doubled = recordOf(`${domain}.${zone}`, 'CNAME', TARGET, 300)
      return {
        ...live,
        routing: 'name_not_found',
        certificate: 'none',
        state: 'misdirected',
        steps: [
          { step: 'remove_record', record: doubled, why: 'doubled_suffix' },
          { step: 'add_record', record: wanted },
        ],
        seen: {
          dns: {
            ...dnsOf({}),
            a: { answer: 'no_name' },
            aaaa: { answer: 'no_name' },
            doubled: { answer: 'found', records: [doubled] },
          },
          tls: { answer: 'no_address' },
          proof: null,
        },
      }
    }
    case 'hooli-energy.example':
      return caaForbids(live, domain)
    case 'stark-labs.example':
      return { ...live, failure: 'timed_out' }
    default:
      return { ...live, isNew: true }
  }
}

function caaForbids(live: Sight, domain: string): Sight {
  const record = recordOf(domain, 'CAA', '0 issue "letsencrypt.org"')
  const caa = {
    answer: 'found' as const,
    name: domain,
    properties: [{ critical: false, tag: 'issue', value: 'digicert.com' }],
  }
  return {
    ...live,
    certificate: 'blocked_by_caa',
    state: 'insecure',
    steps: [{ step: 'allow_authority', authority: 'letsencrypt.org', record }, { step: 'issue_certificate' }],
    seen: {
      dns: { ...live.seen.dns, caa },
      tls: tlsOf(chain(domain, 300 * DAY, true), { verdict: 'self_signed' }),
      proof: null,
    },
  }
}

function proofOf({ record, value }: Challenge, is: 'right' | 'none'): Observation['proof'] {
  const there: DnsRecord = { name: record, nameInZone: '_tenantry-challenge', kind: 'TXT', value, ttl: 300 }
  const answer: DnsAnswer = is === 'right' ? { answer: 'found', records: [there] } : { answer: 'no_name' }
  const authority = { name: 'ns1.dns-host.example', address: '198.51.100.53', failure: null }
  return { record, authority, answer, doubled: { answer: 'not_asked' } }
}
