import type {
  ColumnField,
  ColumnMapping,
  CreateTenant,
  CsvPreview,
  Finding,
  Job,
  ManyCheck,
  NewItem,
  Problem,
  RowCheck,
  RowVerdict,
} from '../../ipc/client'
import { problem, suggestSchema } from './names'
import { check, findings, refuse } from './plans'
import { COLUMNS, type FakePlatform } from './platform'

type Table = { headers: string[]; rows: string[][] }

/** A file in which every verdict stands at least once. */
export const EXAMPLE_CSV = '/home/user/new-tenants.csv'

const EXAMPLE: Table = {
  headers: ['Company', 'Schema', 'Domain', 'Aliases', 'Seats allowed', 'Remark'],
  rows: [
    ['Acme Foods', '', 'acme-foods.example', 'shop.acme-foods.example', '12', 'signed on Monday'],
    ['Initrode', 'initrode', 'https://initrode.example/start', '', '5', ''],
    ['Quant Matrix AI', 'Quant_Matrix_AI_Schema', 'quantmatrix.ai', '', '', 'is with us already'],
    ['Vandelay Industries', '', 'Vandelay.example', 'localhost 127.0.0.1', '30', ''],
    ['', 'nameless', 'nameless.example', '', '', ''],
    ['Acme Foods', 'acme_foods_2', 'acme-foods-2.example', '', '', ''],
    ['Cyberdyne', '', 'quantmatrix.ai', '', '', ''],
    ['Another Name', 'acme_logistics', 'another.example', '', '', ''],
    ['<img src=x onerror=alert(1)>', 'img', 'img.example', '', 'many', "'); DROP SCHEMA public; --"],
    [`${'A company with a very long name '.repeat(3)}Ltd`, '', `${'long-label.'.repeat(7)}example`, '', '', ''],
  ],
}

/** What stands in the file at a path. */
function tableAt(path: string): Table {
  if (path.includes('missing')) refuse({ code: 'file', path, reason: 'No such file or directory (os error 2)' })
  if (path.includes('utf16')) {
    const reason = 'line 1: is UTF-16; save it as UTF-8'
    refuse({ code: 'invalid', problems: [problem(path, '', { code: 'file', reason })] })
  }
  if (path.includes('known')) return { headers: ['name', 'domain'], rows: [['Quant Matrix AI', 'quantmatrix.ai']] }
  if (path.includes('nodomain')) return { headers: ['name', 'web'], rows: [['Acme Foods', 'acme-foods.example']] }
  if (!path.includes('large')) return EXAMPLE
  const rows = Array.from({ length: 100_000 }, (_, at) => [
    at % 97 === 0 ? '' : `Fabrikam ${at}`,
    `fabrikam_${at}`,
    `fabrikam-${at}.example`,
  ])
  return { headers: ['name', 'schema', 'domain'], rows }
}

const HEADERS: Record<string, ColumnField> = {
  name: { field: 'name' },
  company: { field: 'name' },
  schema: { field: 'schema' },
  domain: { field: 'primary_domain' },
  aliases: { field: 'aliases' },
}

const columnsOf = (of: FakePlatform) => of.columns ?? COLUMNS

export function readCsv(of: FakePlatform, path: string): CsvPreview {
  const { headers, rows } = tableAt(path)
  const mapping = headers.map((header): ColumnField => {
    const plain = header.toLowerCase().replaceAll(' ', '_')
    const column = columnsOf(of).find((known) => known.column === plain)?.column
    return column ? { field: 'attribute', column } : (HEADERS[plain] ?? { field: 'ignore' })
  })
  return { headers, rows: rows.slice(0, 20), total: rows.length, mapping }
}

export function checkCsv(of: FakePlatform, path: string, mapping: ColumnMapping): ManyCheck {
  const { rows } = tableAt(path)
  const missing = (['name', 'primary_domain'] as const).filter(
    (wanted) => !mapping.some(({ field }) => field === wanted),
  )
  if (missing.length > 0) {
    refuse({ code: 'invalid', problems: missing.map((field) => problem(field, '', { code: 'required' })) })
  }
  const seen = new Map<string, number>()
  const checked = rows.map((cells, at) => rowOf(of, requestOf(of, mapping, cells), at + 2, seen))
  const count = (verdict: string) => checked.filter((row) => row.verdict.verdict === verdict).length
  const [fresh, exist] = [count('new'), count('exists')]
  return {
    counts: { total: rows.length, new: fresh, exist, bad: rows.length - fresh - exist },
    findings: of.advice ?? [],
    rows: checked,
  }
}

/** The items of a job, one for each new row. */
export function itemsOf(of: FakePlatform, path: string, mapping: ColumnMapping): NewItem[] {
  const { rows } = tableAt(path)
  return checkCsv(of, path, mapping).rows.flatMap(({ verdict, subject }, at) =>
    verdict.verdict === 'new'
      ? [
          {
            subject,
            intent: { intent: 'create_tenant' as const, request: requestOf(of, mapping, rows[at] ?? []) },
            planHash: null,
          },
        ]
      : [],
  )
}

export type SavedResult = { path: string; job: Job['id'] | null; target: string }

function requestOf(of: FakePlatform, mapping: ColumnMapping, cells: string[]): CreateTenant {
  const cellOf = (field: ColumnField['field']) => cells[mapping.findIndex((known) => known.field === field)] ?? ''
  const name = cellOf('name')
  const there = of.tenants.find((tenant) => tenant.name === name.trim())
  return {
    name,
    schema: cellOf('schema').trim() || there?.schema || suggestSchema(name),
    primaryDomain: cellOf('primary_domain'),
    aliases: mapping.flatMap(({ field }, at) =>
      field === 'aliases' ? (cells[at] ?? '').split(/[\s,;|]+/).filter(Boolean) : [],
    ),
    attributes: mapping.flatMap((field, at) => {
      const value = cells[at]?.trim()
      return field.field === 'attribute' && value ? [{ column: field.column, value }] : []
    }),
    onTakenAlias: 'skip',
  }
}

function rowOf(of: FakePlatform, request: CreateTenant, line: number, seen: Map<string, number>): RowCheck {
  const { problems, domains } = check(of, request)
  const known = domains.map(({ name }) => name?.stored ?? '')
  let verdict = verdictOf(of, request, problems)
  if (verdict.verdict === 'new' || verdict.verdict === 'exists') {
    const claims = [
      ['name', request.name.trim()],
      ['schema', request.schema.toLowerCase()],
      ...known.map((domain) => ['primary_domain', domain]),
    ]
    const repeat = claims.find(([field, value]) => seen.has(`${field} ${value}`))
    const first = repeat && seen.get(repeat.join(' '))
    if (repeat && first !== undefined) verdict = { verdict: 'repeats', line: first, field: repeat[0] ?? '' }
    else for (const claim of claims) seen.set(claim.join(' '), line)
  }
  const good = verdict.verdict === 'new' || verdict.verdict === 'exists'
  const said: Finding[] = good ? findings(domains).filter(({ finding }) => finding !== 'domain_yours') : []
  return { line, subject: request.schema, name: request.name.trim(), verdict, findings: said }
}

function verdictOf(of: FakePlatform, request: CreateTenant, problems: Problem[]): RowVerdict {
  if (problems.length > 0) return { verdict: 'invalid', problems }
  const existing = of.tenants.find(({ schema }) => schema === request.schema)
  const primary = check(of, request).domains.find(({ field }) => field === 'primary_domain')
  if (primary?.outcome.outcome === 'taken') {
    return { verdict: 'domain_taken', domain: primary.name?.stored ?? '', owner: primary.outcome.owner }
  }
  if (!existing) return { verdict: 'new' }
  const { schema, name } = existing
  if (name === request.name.trim()) return { verdict: 'exists' }
  return { verdict: 'differs', existing: { schema, name }, differences: ['name', 'primary_domain'] }
}
