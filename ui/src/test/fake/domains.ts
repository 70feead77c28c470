import type {
  DomainCounts,
  DomainPage,
  DomainQuery,
  DomainState,
  HandoverFormat,
  ListedDomain,
  RequestAnswer,
  RouterStep,
} from '../../ipc/client'
import type { FakePlatform } from './platform'

/** All domains as the grid has them. */
function rowsOf({ domains }: FakePlatform): ListedDomain[] {
  return domains.map(({ unreachable, ...row }, at): ListedDomain => {
    const state = stateOf(row.kind === 'development', unreachable !== null, at)
    const isSeen = state !== 'unchecked' && state !== 'local' && state !== 'unreachable'
    return { ...row, state, checkedAt: isSeen ? `2026-11-2${at % 2}T1${at % 10}:0${at % 6}:30Z` : null }
  })
}

function stateOf(isLocal: boolean, isUnreachable: boolean, at: number): DomainState {
  if (isUnreachable) return 'unreachable'
  if (isLocal) return 'local'
  if (at % 17 === 4) return 'misdirected'
  if (at % 29 === 7) return 'expiring'
  return at % 3 === 0 ? 'unchecked' : 'live'
}

/** A coarse stand-in for the engine's search. */
export function findAll(of: FakePlatform, { text = '', sort = 'tenant', descending = false }: DomainQuery) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const asked = (operator: string) =>
    words.flatMap((word) => (word.startsWith(operator) && word !== operator ? [word.slice(operator.length)] : []))
  const [tenants, states, kinds] = [asked('tenant:'), asked('state:'), asked('kind:')]
  const plain = words.filter((word) => !/^(tenant|state|kind):/.test(word))
  const key = ({ domain, owner, primary, kind, state, checkedAt }: ListedDomain) =>
    ({ tenant: owner.name.toLowerCase(), domain, kind: `${kind}${primary ? 0 : 1}`, state, checked: checkedAt ?? '' })[
      sort
    ]
  const fits = ({ domain, unicode, owner, primary, kind, state }: ListedDomain) => {
    const isKind = (wanted: string) =>
      wanted.startsWith('dev')
        ? kind === 'development'
        : wanted === 'primary'
          ? primary
          : wanted === 'alias' && !primary && kind === 'public'
    const holds = `${domain}\n${unicode}\n${owner.schema}\n${owner.name}`.toLowerCase()
    const isTenant = (wanted: string) =>
      owner.schema.toLowerCase() === wanted || owner.name.toLowerCase().includes(wanted)
    return (
      plain.every((word) => (word.includes('*') ? glob(word).test(domain) : holds.includes(word))) &&
      (tenants.length === 0 || tenants.some(isTenant)) &&
      (states.length === 0 || states.includes(state)) &&
      (kinds.length === 0 || kinds.some(isKind))
    )
  }
  const found = rowsOf(of)
    .filter(fits)
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row)
  return descending ? found.reverse() : found
}

const glob = (word: string) =>
  new RegExp(
    `^${word
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

export function findDomains(of: FakePlatform, query: DomainQuery, offset: number, limit: number): DomainPage {
  const found = findAll(of, query)
  return { total: of.domains.length, matching: found.length, offset, rows: found.slice(offset, offset + limit) }
}

export function domainCounts(of: FakePlatform): DomainCounts {
  const counts = new Map<DomainState, number>()
  for (const { state } of rowsOf(of)) counts.set(state, (counts.get(state) ?? 0) + 1)
  return { total: of.domains.length, states: [...counts].map(([state, count]) => ({ state, count })) }
}

export function whoAnswers(of: FakePlatform, input: string): RequestAnswer {
  const steps: RouterStep[] = []
  let host = input.trim()
  const url = /^[a-z]+:\/\/([^/?#]+)/i.exec(host)?.[1]
  if (url) {
    steps.push('taken_from_url')
    host = url.toLowerCase()
  }
  if (host.includes(':')) steps.push('port_cut')
  let sought = host.split(':')[0] ?? ''
  if (sought.startsWith('www.')) {
    steps.push('www_cut')
    sought = sought.slice(4)
  }
  if (!/^[a-z0-9.:[\]-]+$/i.test(host)) return { host, sought, steps, outcome: 'refused' }
  const row = of.domains.find(({ domain }) => domain === sought)
  const tenant = of.tenants.find(({ schema }) => schema === row?.owner.schema)
  if (row && tenant) {
    const { domain, owner, primary } = row
    return {
      host,
      sought,
      steps,
      outcome: 'reached',
      domain,
      owner,
      primary,
      active: tenant.isActive,
      hasSchema: tenant.hasSchema,
    }
  }
  const plain = (name: string) => name.toLowerCase().replace(/^www\./, '')
  const near = of.domains
    .filter(({ domain }) => plain(domain) === plain(sought))
    .map(({ domain, owner }) => ({ domain, owner }))
  return { host, sought, steps, outcome: 'nobody', near }
}

export function handOver(of: FakePlatform, query: DomainQuery, format: HandoverFormat): string {
  const rows = findAll(of, query)
  const names = rows.filter(({ state }) => state !== 'unreachable').map(({ domain }) => domain)
  const lines = (line: (name: string) => string) => names.map(line).join('')
  switch (format) {
    case 'json':
      return `${JSON.stringify(
        rows.map(({ domain, owner, primary }) => ({ domain, tenant: owner.schema, primary })),
        null,
        2,
      )}\n`
    case 'csv':
      return `domain,tenant,primary\n${rows.map(({ domain, owner, primary }) => `${domain},${owner.schema},${primary}\n`).join('')}`
    case 'allowed-hosts':
      return `# The domains of platform.\nALLOWED_HOSTS = [\n${lines((name) => `    "${name}",\n`)}]\n`
    case 'nginx':
      return `map $host $tenant {\n    default "";\n${lines((name) => `    ${name} "…";\n`)}}\n`
    case 'caddy':
      return lines((name) => `${name}, www.${name} {\n    import tenant\n}\n`)
  }
}
