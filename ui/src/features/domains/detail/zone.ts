import type { DnsRecord, DomainDetail } from '../../../ipc/client'
import { found } from './answers'
import { todos } from './steps'

/** The zone that a domain is in, as the records tell that the engine has named; nothing where there are none yet. */
export function zoneOf({ domain: { domain }, steps, observation }: DomainDetail): string | null {
  const own = observation ? [observation.dns.a, observation.dns.aaaa, observation.dns.cname].flatMap(found) : []
  const named = todos(steps).flatMap(({ rows }) => rows.map(({ record }) => record))
  const [record] = [...named, ...own.filter(({ name }) => name === domain)]
  if (!record) return null
  return record.nameInZone === '@' ? record.name : record.name.slice(record.nameInZone.length + 1)
}

/** The record that proves the domain. While its zone is not known, its name is told in full. */
export function proofRecord(detail: DomainDetail): DnsRecord {
  const { record: name, value } = detail.challenge
  const zone = zoneOf(detail)
  const nameInZone = zone !== null && name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name
  return { name, nameInZone, kind: 'TXT', value, ttl: null }
}
