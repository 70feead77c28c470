import type {
  ImportCheck,
  ImportCounts,
  ImportDomains,
  ImportField,
  ImportRow,
  ImportRowCheck,
  ImportSource,
  ImportTable,
  ImportVerdict,
} from '../../ipc/client'
import { proofOf } from './inspect'
import { isProblem, normalise, problem } from './names'
import { refuse } from './plans'
import type { FakePlatform } from './platform'

/** A file in which every verdict stands at least once. */
export const DOMAIN_FILE = '/home/user/domains.csv'

const EXAMPLE = `domain,tenant,primary
new.globex-health.example,globex_health,
Other.Globex-Health.example.,Globex Health,
shop.globex-health.example,globex_health,yes
globex-health.example,globex_health,
quantmatrix.ai,globex_health,
localhost,globex_health,
https://cart.globex-health.example/pay,globex_health,
new.globex-health.example,globex_health,
a.nobody.example,nobody_at_all,
bad_name.example,acme_logistics,
`

const NAMES: Record<string, ImportField> = {
  domain: 'domain',
  host: 'domain',
  name: 'domain',
  tenant: 'tenant',
  schema: 'tenant',
  primary: 'primary',
}

const bad = (reason: string) => refuse({ code: 'invalid', problems: [problem('text', '', { code: 'file', reason })] })

export function readImport(source: ImportSource, given: ImportField[] | null, tenant: string): ImportTable {
  if (source.from === 'file' && source.what.includes('missing')) {
    refuse({ code: 'file', path: source.what, reason: 'No such file or directory (os error 2)' })
  }
  const text = source.from === 'file' ? EXAMPLE : source.what
  const { headers, rows } = text.trim().startsWith('[') ? json(text) : table(text)
  if (rows.length === 0) bad('is empty')
  const fields = given ?? headers.map((header) => NAMES[header.trim().toLowerCase()] ?? 'ignore')
  if (!fields.includes('domain')) bad('no column holds domains; say which one does')
  const cell = (cells: string[], field: ImportField) => cells[fields.indexOf(field)]?.trim() ?? ''
  return {
    headers,
    fields,
    sample: rows.slice(0, 20).map(({ cells }) => cells),
    rows: rows.map(({ line, cells }) => ({
      line,
      domain: cell(cells, 'domain'),
      tenant: cell(cells, 'tenant') || tenant,
      primary: /^(true|yes|1|x)$/i.test(cell(cells, 'primary')),
      onTaken: null,
    })),
  }
}

type Table = { headers: string[]; rows: { line: number; cells: string[] }[] }

function table(text: string): Table {
  const lines = text.split('\n').map((content, at) => ({ line: at + 1, content: content.trim() }))
  const full = lines.filter(({ content }) => content !== '')
  const [first] = full
  const isTable = first !== undefined && /[,;\t]/.test(first.content)
  if (!isTable) {
    const rows = full.flatMap(({ line, content }) => content.split(/\s+/).map((cell) => ({ line, cells: [cell] })))
    return { headers: ['domain'], rows }
  }
  const split = (content: string) => content.split(/[,;\t]/)
  const hasHeader = !first.content.includes('.')
  const rows = full.slice(hasHeader ? 1 : 0).map(({ line, content }) => ({ line, cells: split(content) }))
  return { headers: hasHeader ? split(first.content) : ['domain', 'tenant', 'primary'], rows }
}

function json(text: string): Table {
  try {
    const items = JSON.parse(text) as (string | Record<string, unknown>)[]
    const rows = items.map((item, at) => ({
      line: at + 1,
      cells: typeof item === 'string' ? [item] : ['domain', 'tenant', 'primary'].map((key) => String(item[key] ?? '')),
    }))
    return { headers: ['domain', 'tenant', 'primary'], rows }
  } catch {
    return bad('is no JSON: expected value at line 1 column 2')
  }
}

export function checkImport(of: FakePlatform, request: ImportDomains): ImportCheck {
  const owners = new Map(of.tenants.flatMap(({ schema, name }) => [schema, name].map((key) => [key, { schema, name }])))
  const holders = new Map(of.domains.map((row) => [row.domain, row]))
  const seen = new Map<string, number>()
  const primaries = new Map<string, number>()
  const rows = request.rows.map((row): ImportRowCheck => {
    const read = normalise('domain', row.domain)
    const name = isProblem(read) ? null : read
    const tenant = owners.get(row.tenant.trim()) ?? null
    return { line: row.line, input: row.domain, name, tenant, verdict: verdictOf(row) }

    function verdictOf({ line, primary, onTaken }: ImportRow): ImportVerdict {
      if (isProblem(read)) return { verdict: 'invalid', problem: read }
      if (row.tenant.trim() === '') return { verdict: 'invalid', problem: problem('tenant', '', { code: 'required' }) }
      if (!tenant) return { verdict: 'no_such_tenant' }
      const before = seen.get(read.stored)
      if (before !== undefined) return { verdict: 'repeats', line: before }
      seen.set(read.stored, line)
      const first = primary ? primaries.get(tenant.schema) : undefined
      if (first !== undefined) return { verdict: 'second_primary', line: first }
      if (primary) primaries.set(tenant.schema, line)
      const held = holders.get(read.stored)
      if (held?.owner.schema === tenant.schema) {
        return { verdict: primary && !held.primary ? 'becomes_primary' : 'same' }
      }
      if (of.policy.proofRequired && read.kind === 'public' && !request.approval) {
        return { verdict: 'unproven', ...proofOf(read.stored, tenant.schema) }
      }
      if (!held) return { verdict: 'new' }
      // biome-ignore lint/suspicious/noThenProperty: the engine calls it so
      return { verdict: 'taken', owner: held.owner, primary: held.primary, then: onTaken ?? request.onTaken }
    }
  })
  return { counts: countsOf(rows), rows }
}

function countsOf(rows: ImportRowCheck[]): ImportCounts {
  const counts = { total: rows.length, good: 0, moved: 0, same: 0, skipped: 0, bad: 0 }
  for (const { verdict } of rows) {
    if (verdict.verdict === 'new' || verdict.verdict === 'becomes_primary') counts.good += 1
    else if (verdict.verdict === 'same') counts.same += 1
    else if (verdict.verdict === 'taken' && verdict.then === 'move') {
      counts.good += 1
      counts.moved += 1
    } else if (verdict.verdict === 'taken' && verdict.then === 'skip') counts.skipped += 1
    else counts.bad += 1
  }
  return counts
}
