import type { Inspected, Lookalike, NamePlace } from '../../ipc/client'
import { isProblem, normalise } from './names'
import type { FakePlatform } from './platform'

const MOST = 50
/** When a domain was given, where our own books know it. */
export const GIVEN_AT = '2026-03-03T09:12:00Z'

/** Coarse, as all of the fake: a list is split, and what stands around a name is cut off. */
export function inspect(of: FakePlatform, input: string, schema: string | null): Inspected[] {
  const parts = input.split(/[\s,;]+/).filter(Boolean)
  const isList = parts.length > 1 && parts.every((part) => part.includes('.') || part === 'localhost')
  const found = (isList ? parts.slice(0, MOST) : [input]).map((part) => look(of, part, schema))
  if (found.length > 1) for (const one of found) one.lookalikes = []
  return found
}

const AROUND = ['domain_url', 'domain_port', 'domain_path']

function look(of: FakePlatform, input: string, schema: string | null): Inspected {
  const read = normalise('domain', input)
  const problem = isProblem(read) ? read : null
  const inside =
    problem?.suggestion && AROUND.includes(problem.rule.code) ? normalise('domain', problem.suggestion) : null
  const name = isProblem(read) ? (inside && !isProblem(inside) ? inside : null) : read
  const row = name && of.domains.find(({ domain }) => domain === name.stored)
  const isProofAsked =
    name?.kind === 'public' && row?.owner.schema !== schema && of.policy.proofRequired && schema !== null
  return {
    input,
    name,
    problem,
    place: name && placeOf(name.stored, name.kind),
    held: row ? heldBy(of, row.domain) : null,
    lookalikes: name ? lookalikes(of, name.stored, schema) : [],
    proof: isProofAsked ? proofOf(name.stored, schema) : null,
  }
}

export const proofOf = (domain: string, schema: string) => ({
  record: `_tenantry.${domain}`,
  value: `tenantry-proof=${schema.length}f3c9a71e5b0d2846`,
})

function heldBy(of: FakePlatform, wanted: string): Inspected['held'] {
  const row = of.domains.find(({ domain }) => domain === wanted)
  if (!row) return null
  const its = of.domains.filter(({ owner }) => owner.schema === row.owner.schema)
  const known = of.journal.length > 0 || row.domain.startsWith('shop.')
  return {
    owner: row.owner,
    primary: row.primary,
    since: known ? GIVEN_AT : null,
    by: known ? 'ana' : null,
    domains: its.length,
    nextPrimary: row.primary ? (its.find(({ domain }) => domain !== wanted)?.domain ?? null) : null,
  }
}

function placeOf(stored: string, kind: 'public' | 'development'): NamePlace {
  if (kind === 'development') return { place: 'local' }
  const labels = stored.split('.')
  if (labels.at(-1) === 'internal') return { place: 'unregistered' }
  return labels.length === 2 ? { place: 'apex' } : { place: 'subdomain', apex: labels.slice(-2).join('.') }
}

/** Names that differ by one character. */
function lookalikes(of: FakePlatform, stored: string, schema: string | null): Lookalike[] {
  return of.domains
    .filter(({ domain, owner }) => domain !== stored && owner.schema !== schema && differsByOne(domain, stored))
    .map(({ domain, unicode, owner }) => ({ domain, unicode, owner }))
    .slice(0, 5)
}

function differsByOne(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 8) return false
  return [...a].filter((letter, at) => letter !== b[at]).length === 1
}
