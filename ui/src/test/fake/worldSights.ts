import type {
  CertificateState,
  Challenge,
  DnsAnswer,
  DnsRecord,
  Domain,
  DomainState,
  Observation,
  Ownership,
  RoutingState,
  Step,
} from '../../ipc/client'
import { ago, chain, DAY, dnsOf, HERE, recordOf, TARGET, tlsOf, zoneOf } from './worldRecords'

/** What is to be seen of a domain, and what is known of it already. */
export type Sight = {
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

/** A few that tell of something; all others have not been looked at, and are well. */
export function sightOf({ domain, kind }: Domain, challenge: Challenge): Sight {
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
    case 'soylent-media.example':
      return { ...live, ownership: 'approved' }
    case 'hooli-energy.example':
      return caaForbids(live, domain)
    case 'stark-labs.example':
      return { ...live, failure: 'timed_out' }
    case 'shop.stark-labs.example': {
      const from = recordOf(domain, 'CNAME', 'shops.other-host.example', 300)
      return {
        ...live,
        routing: 'misdirected',
        certificate: 'name_mismatch',
        state: 'misdirected',
        steps: [{ step: 'change_record', from, to: wanted }],
        seen: {
          dns: {
            ...dnsOf({ a: [recordOf(from.value, 'A', '203.0.113.40', 60)] }),
            chain: [from],
            chainEnd: { end: 'reached' },
          },
          tls: { answer: 'failed', server: '203.0.113.40:443', why: { failure: 'alert', alert: 'unrecognized_name' } },
          proof: null,
        },
      }
    }
    case 'wayne-optics.example': {
      const servers = ['ns1.dns-host.example', 'ns2.dns-host.example']
      const nameservers = servers.map((name, at) => ({
        name,
        address: `198.51.100.${at + 1}`,
        failure: 'timed_out' as const,
      }))
      const failed = { answer: 'failed' as const, why: 'server_failure' as const }
      return {
        ...live,
        routing: 'lookup_failed',
        certificate: 'lookup_failed',
        state: 'unchecked',
        failure: 'server_failure',
        steps: [{ step: 'nameservers_do_not_answer', servers }, { step: 'try_again_later' }],
        seen: {
          dns: { ...dnsOf({}), a: failed, aaaa: failed, caa: failed, nameservers },
          tls: { answer: 'no_address' },
          proof: null,
        },
      }
    }
    case 'acme-logistics.example':
      return {
        ...live,
        routing: 'no_address',
        certificate: 'none',
        state: 'misdirected',
        steps: [{ step: 'point_apex', domain, target: TARGET }],
        seen: { dns: dnsOf({}), tls: { answer: 'no_address' }, proof: null },
      }
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
