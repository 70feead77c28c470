import type {
  Change,
  FieldDifference,
  Intent,
  MasterCatalog,
  Plan,
  Release,
  Releases,
  RowDifference,
  RowKey,
} from '../../ipc/client'
import { refuse, sealed } from './plans'
import type { FakePlatform } from './platform'

export type FakeRelease = Release & { catalog: MasterCatalog }

/** One row: its key, and what its fields hold. */
export type Row = { row: RowKey; fields: Record<string, string> }

export const idOf = ({ part, key, version = '' }: RowKey) => `${part}\n${key}\n${version}`

const known = new WeakMap<MasterCatalog, Map<string, Row>>()

/** All rows of a catalog, by key. */
export function rowsOf(catalog: MasterCatalog, isFixed = true): Map<string, Row> {
  const found = isFixed ? known.get(catalog) : undefined
  if (found) return found
  const rows: Row[] = [
    ...catalog.categories.map(({ name, description }) => ({
      row: { part: 'category' as const, key: name, version: '' },
      fields: { description },
    })),
    ...catalog.atoms.flatMap(({ slug, name, description, category, versions }) => [
      { row: { part: 'atom' as const, key: slug, version: '' }, fields: { name, description, category } },
      ...versions.map(({ version, isActive, releaseDate, ...rest }) => ({
        row: { part: 'version' as const, key: slug, version },
        fields: { ...rest, releaseDate: releaseDate ?? '', isActive: String(isActive) },
      })),
    ]),
  ]
  const map = new Map(rows.map((row) => [idOf(row.row), row]))
  if (isFixed) known.set(catalog, map)
  return map
}

export function fieldsBetween(before: Row | undefined, after: Row | undefined): FieldDifference[] {
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after?.fields ?? {})])
  return [...names]
    .map((field) => ({ field, before: before?.fields[field] ?? null, after: after?.fields[field] ?? null }))
    .filter((field) => field.before !== field.after)
}

/** What a number stands for: 0 is the master catalog. */
export function catalogAt(of: FakePlatform, number: number): MasterCatalog {
  if (number === 0) return of.catalog
  const release = of.releases.find((known) => known.number === number)
  return release?.catalog ?? refuse({ code: 'refused', subject: 'catalog', why: 'no_such_release', release: number })
}

export function releaseDifference(of: FakePlatform, before: number, after: number): RowDifference[] {
  const [old, young] = [before, after].map((number) => rowsOf(catalogAt(of, number), number !== 0))
  const keys = new Set([...(old?.keys() ?? []), ...(young?.keys() ?? [])])
  return [...keys].flatMap((key): RowDifference[] => {
    const [was, is] = [old?.get(key), young?.get(key)]
    const fields = fieldsBetween(was, is)
    const row = (was ?? is)?.row
    if (fields.length === 0 || !row) return []
    return [{ row, kind: !was ? 'added' : !is ? 'removed' : 'changed', fields }]
  })
}

/** The release that is meant: that of the number, or the newest. */
export function wanted(of: FakePlatform, number: number | null | undefined): number {
  if (number != null) catalogAt(of, number)
  const found = number ?? of.releases[0]?.number
  return found ?? refuse({ code: 'refused', subject: 'catalog', why: 'no_release' })
}

const unreleased = (of: FakePlatform) => {
  const newest = of.releases[0]
  return newest ? releaseDifference(of, newest.number, 0).length : rowsOf(of.catalog, false).size
}

export const releases = (of: FakePlatform): Releases => ({
  releases: of.releases.map(({ catalog: _, ...release }) => release),
  start: of.startRelease,
  unreleased: unreleased(of),
})

function hash(text: string): string {
  let digest = ''
  for (let part = 0; part < 8; part += 1) {
    let value = 0x811c9dc5 + part
    for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193)
    digest += (value >>> 0).toString(16).padStart(8, '0')
  }
  return digest
}

const sizeOf = ({ categories, atoms }: MasterCatalog) => ({
  categories: categories.length,
  atoms: atoms.length,
  versions: atoms.reduce((sum, { versions }) => sum + versions.length, 0),
})

/** Puts a catalog under the next number. */
export function addRelease(of: FakePlatform, catalog: MasterCatalog, notes: string, releasedAt: string) {
  of.releases.unshift({
    number: (of.releases[0]?.number ?? 0) + 1,
    contentHash: hash(JSON.stringify(catalog)),
    notes,
    releasedAt,
    releasedBy: 'ana',
    size: sizeOf(catalog),
    catalog: structuredClone(catalog),
  })
}

export function planRelease(of: FakePlatform, intent: Intent): Plan {
  const newest = of.releases[0]?.number ?? null
  if (unreleased(of) === 0) refuse({ code: 'refused', subject: 'catalog', why: 'nothing_to_release', newest })
  const rows = newest === null ? [] : releaseDifference(of, newest, 0)
  const count = (kind: RowDifference['kind']) => rows.filter((row) => row.kind === kind).length
  const change: Change = {
    change: 'make_release',
    number: (newest ?? 0) + 1,
    contentHash: hash(JSON.stringify(of.catalog)),
    size: sizeOf(of.catalog),
    added: newest === null ? rowsOf(of.catalog, false).size : count('added'),
    changed: count('changed'),
    removed: count('removed'),
  }
  return sealed(intent, 'catalog', [change])
}

export function planStart(of: FakePlatform, intent: Extract<Intent, { intent: 'set_start_release' }>): Plan {
  const [before, after] = [of.startRelease, intent.request.release]
  if (before === after) return sealed(intent, 'catalog', [])
  const inverse = { inverse: 'set_start_release' as const, release: before }
  return sealed(intent, 'catalog', [{ change: 'change_start_release', before, after }], [], inverse)
}
