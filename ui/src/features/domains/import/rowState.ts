import type { ImportRow, ImportRowCheck } from '../../../ipc/client'

/** What would become of a row, as it is filtered and shown. */
export const IMPORT_STATES = [
  'new',
  'rewritten',
  'primary',
  'moved',
  'skipped',
  'stops',
  'same',
  'invalid',
  'repeats',
  'no_tenant',
  'unproven',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** A row of the source as it is asked for, with its verdict. Its place tells it from others of the same line. */
export type Row = { place: number; asked: ImportRow; check: ImportRowCheck; state: ImportState }

const TAKEN = { skip: 'skipped', move: 'moved', fail: 'stops' } as const

export function stateOf({ verdict, name }: ImportRowCheck): ImportState {
  switch (verdict.verdict) {
    case 'new':
      return name && name.rewrites.length > 0 ? 'rewritten' : 'new'
    case 'becomes_primary':
      return 'primary'
    case 'taken':
      return TAKEN[verdict.then]
    case 'second_primary':
      return 'repeats'
    case 'no_such_tenant':
      return 'no_tenant'
    default:
      return verdict.verdict
  }
}

export const isBad = (state: ImportState) =>
  state === 'stops' || state === 'invalid' || state === 'repeats' || state === 'no_tenant' || state === 'unproven'

const CHANGES: ImportState[] = ['new', 'rewritten', 'primary', 'moved']

/** The tenants that get something, by schema. */
export const tenantsOf = (rows: Row[]): Map<string, string> =>
  new Map(
    rows.flatMap(({ check: { tenant }, state }) =>
      tenant && CHANGES.includes(state) ? [[tenant.schema, tenant.name] as const] : [],
    ),
  )

export function rowsOf(asked: ImportRow[], places: number[], checks: ImportRowCheck[]): Row[] {
  return checks.flatMap((check, at) => {
    const row = asked[at]
    return row ? [{ place: places[at] ?? at, asked: row, check, state: stateOf(check) }] : []
  })
}

export function countOf(rows: Row[]): Map<ImportState, number> {
  const counts = new Map<ImportState, number>()
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}
