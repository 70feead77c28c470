import type {
  AppError,
  CatalogRows,
  Conflict,
  Decision,
  Finding,
  Intent,
  OnConflict,
  Plan,
  Resolution,
  RowKey,
  SyncCatalog,
  SyncCounts,
  SyncFleet,
  TenantSync,
} from '../../ipc/client'
import { copyDifference, fleet, isConflict } from './copies'
import { refuse, sealed } from './plans'
import { atomsOf, type FakePlatform } from './platform'
import { catalogAt, idOf, wanted } from './releases'

function rowsIn(rows: RowKey[]): Required<CatalogRows> {
  const found: Required<CatalogRows> = { categories: [], atoms: [], versions: {} }
  for (const { part, key, version = '' } of rows) {
    if (part === 'category') found.categories.push(key)
    else if (part === 'atom') found.atoms.push(key)
    else found.versions[key] = [...(found.versions[key] ?? []), version]
  }
  return found
}

const countOf = ({ categories = [], atoms = [], versions = {} }: CatalogRows) =>
  categories.length + atoms.length + Object.values(versions).flat().length

function choiceOf(row: RowKey, decisions: Decision[], onConflict: OnConflict): Resolution | null {
  const said = decisions.find((of) => idOf(of.row) === idOf(row))
  const ofAtom = decisions.find((of) => row.part === 'version' && of.row.part === 'atom' && of.row.key === row.key)
  return (said ?? ofAtom)?.choice ?? (onConflict === 'stop' ? null : onConflict)
}

export function planSync(of: FakePlatform, request: SyncCatalog): Plan {
  const { schema, onConflict = 'stop', decisions = [] } = request
  const release = wanted(of, request.release)
  const tenant = of.tenants.find((known) => known.schema === schema) ?? refuse({ code: 'tenant_not_found', schema })
  if (!tenant.hasSchema) refuse({ code: 'no_atom_tables', schema })
  const intent: Intent = { intent: 'sync_catalog', request: { ...request, release } }
  const rows = copyDifference(of, tenant, release)
  const conflicts = rows
    .filter(isConflict)
    .map(({ row, state }): Conflict => ({ row, state, choice: choiceOf(row, decisions, onConflict) }))
  const taken = new Set(conflicts.filter(({ choice }) => choice === 'take').map(({ row }) => idOf(row)))
  const those = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).map(({ row }) => row)
  const takes = (...states: string[]) => those(...states).filter((row) => taken.has(idOf(row)))
  const insert = rowsIn([...those('new'), ...takes('removed_and_changed')])
  const update = rowsIn([...those('changed'), ...takes('edited_and_changed', 'added_twice', 'unknown')])
  const deactivate = rowsIn([...those('gone').filter(({ part }) => part === 'version'), ...takes('edited_and_gone')])
  const findings: Finding[] = conflicts.length > 0 ? [{ finding: 'catalog_conflicts', schema, conflicts }] : []
  const kept = rowsIn(those('edited', 'removed'))
  if (countOf(kept) > 0) findings.push({ finding: 'catalog_kept', schema, rows: kept })
  const releaseBefore = of.copies[schema]?.release ?? null
  const writes = countOf(insert) + countOf(update) + countOf(deactivate)
  const isUndecided = conflicts.some(({ choice }) => choice === null)
  if (isUndecided || (writes === 0 && releaseBefore === release)) return sealed(intent, schema, [], findings)
  const before = { categories: [], atoms: [], versions: [] }
  const inverse = {
    inverse: 'restore_copy' as const,
    schema,
    tenant: '1',
    releaseBefore,
    release,
    inserted: insert,
    before,
    left: [],
  }
  const change = {
    change: 'sync_catalog' as const,
    ...{ schema, releaseBefore, release, insert, update, deactivate, aside: [], deviations: [] },
  }
  return sealed(intent, schema, [change], findings, inverse)
}

/** Makes a change of releases or of copies. */
export function writeSync(of: FakePlatform, { changes, intent }: Plan, operation: string) {
  const [change] = changes
  if (change?.change === 'restore_copy') {
    const copy = of.copies[change.schema]
    if (change.releaseBefore === null) delete of.copies[change.schema]
    else if (copy) copy.release = change.releaseBefore
  }
  if (change?.change !== 'sync_catalog' || intent.intent !== 'sync_catalog') return
  const { schema, release, releaseBefore } = change
  const at = new Date().toISOString()
  const old = of.copies[schema]
  const overwritten = new Set(
    (intent.request.decisions ?? []).filter(({ choice }) => choice === 'take').map(({ row }) => idOf(row)),
  )
  const all = intent.request.onConflict === 'take'
  const edits = (old?.edits ?? []).filter(({ row }) => !overwritten.has(idOf(row)) && !all)
  const receipt = {
    operation,
    releaseBefore,
    release,
    at,
    inserted: countOf(change.insert),
    updated: countOf(change.update),
    deactivated: countOf(change.deactivate),
    kept: edits.length,
  }
  const receipts = [receipt, ...(old?.receipts ?? [])]
  of.copies[schema] = { release, synchronisedAt: at, comparedAt: at, edits, receipts }
  const tenant = of.tenants.find((known) => known.schema === schema)
  if (tenant) tenant.atoms = atomsOf(catalogAt(of, release))
}

const NOTHING: SyncCounts = {
  inserted: 0,
  updated: 0,
  deactivated: 0,
  kept: 0,
  conflicts: 0,
  undecided: 0,
  leftOut: 0,
}

/** What a synchronisation would come to, tenant by tenant. */
export function tenantsToSync(of: FakePlatform, { schemas, release: number, ...how }: SyncFleet) {
  const release = wanted(of, number)
  const copies = fleet(of, release).tenants.filter(({ state }) => schemas !== null || state !== 'no_tables')
  const asked = schemas ? copies.filter(({ schema }) => schemas.includes(schema)) : copies
  const preview = ({ schema, state }: (typeof asked)[number]): TenantSync => {
    if (how.byReceipts && (state === 'in_step' || state === 'edited')) {
      return { schema, outcome: { outcome: 'in_step_by_receipt' }, counts: NOTHING }
    }
    try {
      return outcome(planSync(of, { schema, release, ...how }))
    } catch (error) {
      return { schema, outcome: { outcome: 'refused', reason: (error as AppError).code }, counts: NOTHING }
    }
  }
  return { release, asked, preview }
}

function outcome({ subject, changes, findings, intent, hash }: Plan): TenantSync {
  const counts = { ...NOTHING }
  for (const change of changes) {
    if (change.change !== 'sync_catalog') continue
    counts.inserted = countOf(change.insert)
    counts.updated = countOf(change.update)
    counts.deactivated = countOf(change.deactivate)
  }
  for (const finding of findings) {
    if (finding.finding === 'catalog_kept') counts.kept = countOf(finding.rows)
    if (finding.finding !== 'catalog_conflicts') continue
    counts.conflicts = finding.conflicts.length
    counts.undecided = finding.conflicts.filter(({ choice }) => choice === null).length
  }
  if (counts.undecided > 0) return { schema: subject, outcome: { outcome: 'undecided' }, counts }
  if (changes.length === 0) return { schema: subject, outcome: { outcome: 'in_step' }, counts }
  return { schema: subject, outcome: { outcome: 'ready', item: { subject, intent, planHash: hash } }, counts }
}
