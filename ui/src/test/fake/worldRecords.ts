import type { Certificate, ChainVerdict, DnsEvidence, DnsRecord, RecordKind, TlsEvidence } from '../../ipc/client'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE
export const ago = (span: number) => new Date(Date.now() - span).toISOString()

/** Where domains of the fake platform should lead. */
export const HERE = '192.0.2.10'
export const TARGET = 'edge.platform.example'

export const zoneOf = (domain: string) => domain.split('.').slice(-2).join('.')

export function recordOf(name: string, kind: RecordKind, value: string, ttl: number | null = null): DnsRecord {
  const zone = zoneOf(name)
  return { name, nameInZone: name === zone ? '@' : name.slice(0, -zone.length - 1), kind, value, ttl }
}

export function zoneLine({ name, kind, value }: DnsRecord): string {
  const shown = kind === 'CNAME' ? `${value}.` : kind === 'TXT' ? `"${value}"` : value
  return `${name}. IN ${kind} ${shown}`
}

export function dnsOf({ a = [], aaaa = [] }: { a?: DnsRecord[]; aaaa?: DnsRecord[] }): DnsEvidence {
  const answer = (records: DnsRecord[]) =>
    records.length > 0 ? { answer: 'found' as const, records } : { answer: 'no_records' as const }
  return {
    a: answer(a),
    aaaa: answer(aaaa),
    cname: { answer: 'no_records' },
    chain: [],
    chainEnd: { end: 'no_chain' },
    caa: { answer: 'nothing' },
    doubled: { answer: 'not_asked' },
    targetAddresses: [],
    nameservers: [],
  }
}

export const tlsOf = (
  sent: Certificate[],
  verdict: ChainVerdict = { verdict: 'trusted' },
  server = `${HERE}:443`,
): TlsEvidence => ({ answer: 'answered', server, chain: sent, verdict })

/** A certificate with so much of its life left, and that of its issuer. */
export function chain(domain: string, left: number, selfIssued = false): Certificate[] {
  const now = Date.now()
  const at = (instant: number) => new Date(instant).toISOString()
  const issuer = "C=US, O=Let's Encrypt, CN=R11"
  const own: Certificate = {
    subject: `CN=${domain}`,
    names: [domain, `www.${domain}`],
    namesInAll: 2,
    issuer: selfIssued ? `CN=${domain}` : issuer,
    notBefore: at(now + left - 90 * DAY),
    notAfter: at(now + left),
    selfIssued,
    fingerprint: '5d1c3c0b9f2d7a41'.repeat(4),
  }
  if (selfIssued) return [own]
  const above: Certificate = {
    subject: issuer,
    names: [],
    namesInAll: 0,
    issuer: 'C=US, O=Internet Security Research Group, CN=ISRG Root X1',
    notBefore: '2024-03-13T00:00:00Z',
    notAfter: '2027-03-12T23:59:59Z',
    selfIssued: false,
    fingerprint: '591e9ce6c863d3a0'.repeat(4),
  }
  return [own, above]
}
