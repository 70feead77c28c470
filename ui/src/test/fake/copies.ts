import type {
  CatalogReceipt,
  Clash,
  CopyDifference,
  CopyState,
  FleetDay,
  FleetState,
  HeatMap,
  HeatState,
  RowKey,
  RowState,
  TenantCopy,
} from '../../ipc/client'
import type { FakePlatform, FakeTenant } from './platform'
import { catalogAt, fieldsBetween, idOf, type Row, releaseDifference, rowsOf, wanted } from './releases'

export type FakeEdit = { row: RowKey; kind: 'edited' | 'removed' | 'own' }

/** What a tenant was last brought to, and what it has made of it since. */
export type FakeCopy = {
  release: number
  synchronisedAt: string
  comparedAt: string
  edits: FakeEdit[]
  receipts: CatalogReceipt[]
}

const CONFLICTS: RowState[] = ['edited_and_changed', 'removed_and_changed', 'edited_and_gone', 'added_twice', 'unknown']
export const isConflict = ({ state }: CopyDifference) => CONFLICTS.includes(state)

/** What the tenant has in the place of a row. */
function mine(row: Row | undefined, { row: key, kind }: FakeEdit): Row | undefined {
  if (kind === 'removed') return undefined
  if (key.part !== 'version') {
    return { row: key, fields: { ...row?.fields, description: `${row?.fields.description ?? ''} Edited here.` } }
  }
  const configSchema =
    '{"type":"object","properties":{"retries":{"type":"integer","minimum":0,"maximum":25},"timeout":{"type":"integer"}}}'
  return { row: key, fields: { isActive: 'true', releaseNotes: 'Ours.', ...row?.fields, configSchema } }
}

/** Row by row, how a tenant's copy differs from a release. */
export function copyDifference(of: FakePlatform, tenant: FakeTenant, release: number): CopyDifference[] {
  const after = rowsOf(catalogAt(of, release))
  const copy = of.copies[tenant.schema]
  if (!copy) {
    const has = new Set(tenant.atoms.map(({ slug }) => slug))
    return [...after.values()]
      .filter(({ row }) => row.part !== 'category' && !has.has(row.key))
      .map((row) => ({ row: row.row, state: 'new', fields: fieldsBetween(undefined, row), holder: null }))
  }
  const before = rowsOf(catalogAt(of, copy.release))
  const changed = changesOf(of, copy.release, release)
  const edits = new Map(copy.edits.map((edit) => [idOf(edit.row), edit]))
  return [...new Set([...changed.keys(), ...edits.keys()])].flatMap((id): CopyDifference[] => {
    const edit = edits.get(id)
    const [was, is] = [before.get(id), after.get(id)]
    const has = edit ? mine(was ?? is, edit) : was
    const state = stateOf(edit, was, is, changed.has(id))
    const row = (is ?? was ?? has)?.row ?? edit?.row
    return row ? [{ row, state, fields: fieldsBetween(has, is), holder: null }] : []
  })
}

function stateOf(edit: FakeEdit | undefined, was: Row | undefined, is: Row | undefined, changed: boolean): RowState {
  if (!edit) return !was ? 'new' : is ? 'changed' : 'gone'
  if (edit.kind === 'own') return is ? 'added_twice' : 'own'
  if (!changed) return edit.kind
  if (!is) return edit.kind === 'removed' ? 'left' : 'edited_and_gone'
  return edit.kind === 'removed' ? 'removed_and_changed' : 'edited_and_changed'
}

const between = new WeakMap<object, Map<string, Map<string, RowKey>>>()

function changesOf(of: FakePlatform, from: number, to: number): Map<string, RowKey> {
  const cache = between.get(of.releases) ?? new Map<string, Map<string, RowKey>>()
  between.set(of.releases, cache)
  const known = cache.get(`${from} ${to}`)
  if (known) return known
  const rows = from === to ? [] : releaseDifference(of, from, to)
  const found = new Map(rows.map(({ row }) => [idOf(row), row]))
  cache.set(`${from} ${to}`, found)
  return found
}

function copyOf(of: FakePlatform, tenant: FakeTenant, release: number): TenantCopy {
  const { schema, name, hasSchema } = tenant
  const copy = of.copies[schema]
  const none = { pending: 0, edited: 0, own: 0, conflicts: 0 }
  const seen = { schema, name, release: copy?.release ?? null }
  const times = { synchronisedAt: copy?.synchronisedAt ?? null, comparedAt: copy?.comparedAt ?? null }
  if (!hasSchema) return { ...seen, ...times, state: 'no_tables', ...none }
  if (!copy) return { ...seen, ...times, state: 'unknown', ...none }
  const changed = changesOf(of, copy.release, release)
  const touched = copy.edits.filter(({ row }) => changed.has(idOf(row)))
  const conflicts = touched.length
  const edited = copy.edits.filter(({ kind }) => kind !== 'own').length - conflicts
  const own = copy.edits.filter(({ kind }) => kind === 'own').length
  const state: CopyState =
    conflicts > 0 ? 'conflicting' : copy.release !== release ? 'behind' : edited > 0 ? 'edited' : 'in_step'
  return { ...seen, ...times, state, pending: changed.size - conflicts, edited, own, conflicts }
}

export function fleet(of: FakePlatform, number: number | null): FleetState {
  const release = number === null ? (of.releases[0]?.number ?? null) : wanted(of, number)
  const tenants = of.tenants.map((tenant) => copyOf(of, tenant, release ?? 0))
  return { release, tenants, clashes: clashes(of) }
}

function clashes(of: FakePlatform): Clash[] {
  const own = Object.entries(of.copies).filter(([, copy]) => copy.edits.some(({ row }) => row.part === 'version'))
  const [first] = own
  const row = first?.[1].edits.find((edit) => edit.row.part === 'version')?.row
  if (!row) return []
  const same = own.filter(([, copy]) => copy.edits.some((edit) => idOf(edit.row) === idOf(row)))
  const tenants = same.map(([schema]) => schema)
  const contents = [
    { release: 1, tenants: [] },
    { release: null, tenants },
  ]
  return [{ slug: row.key, version: row.version ?? '', contents }]
}

const GRAVITY: HeatState[] = ['own', 'behind', 'removed', 'edited', 'conflicting']

export function heatMap(of: FakePlatform, number: number | null): HeatMap {
  const release = wanted(of, number)
  const copies = of.tenants.map((tenant) => copyOf(of, tenant, release))
  const columns = copies.filter((copy) => copy.release !== null && copy.state !== 'in_step')
  const rows = new Map<string, Map<number, HeatState>>()
  for (const [tenant, { schema }] of columns.entries()) {
    const copy = of.copies[schema]
    if (!copy) continue
    const changed = changesOf(of, copy.release, release)
    const put = (slug: string, state: HeatState) => {
      const cells = rows.get(slug) ?? new Map<number, HeatState>()
      const old = cells.get(tenant)
      if (!old || GRAVITY.indexOf(state) > GRAVITY.indexOf(old)) cells.set(tenant, state)
      rows.set(slug, cells)
    }
    for (const row of changed.values()) if (row.part !== 'category') put(row.key, 'behind')
    for (const { row, kind } of copy.edits.filter(({ row: of }) => of.part !== 'category'))
      put(row.key, changed.has(idOf(row)) ? 'conflicting' : kind)
  }
  const grave = (cells: Map<number, HeatState>) =>
    [...cells.values()].filter((state) => !['own', 'behind'].includes(state)).length
  const atoms = [...rows]
    .sort(([, a], [, b]) => grave(b) - grave(a) || b.size - a.size)
    .map(([slug, cells]) => ({ slug, cells: [...cells].map(([tenant, state]) => ({ tenant, state })) }))
  return { release, tenants: columns.map(({ schema }) => schema), atoms }
}

/** As if everybody had been brought up a bit at a time. */
export function history(of: FakePlatform): FleetDay[] {
  const total = Object.keys(of.copies).length
  const newest = of.releases[0]?.number ?? 0
  if (total === 0 || newest === 0) return []
  return Array.from({ length: 14 }, (_, at) => {
    const reached = 1 + Math.floor((at * newest) / 14)
    const part = Math.round((total * ((at % 5) + 1)) / 5)
    const tenants = reached === 1 ? { 1: part } : { [reached - 1]: total - part, [reached]: part }
    return { day: new Date(Date.UTC(2026, 9, 3 + at * 3)).toISOString().slice(0, 10), tenants }
  })
}
