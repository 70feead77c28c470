import type { MasterAtom, MasterCatalog, RowKey } from '../../ipc/client'
import type { FakeCopy, FakeEdit } from './copies'
import type { FakePlatform } from './platform'
import { addRelease, rowsOf } from './releases'

/** Three releases of a catalog, and tenants at each of them: in step, behind, edited, conflicting, unknown. */
export function releaseAndSpread(of: FakePlatform) {
  const { categories, atoms } = of.catalog
  const first: MasterCatalog = { categories, atoms: atoms.slice(0, -3).map(older) }
  const second: MasterCatalog = {
    categories,
    atoms: atoms.slice(0, -1).map((atom, at) => (at % 3 ? atom : older(atom))),
  }
  const third: MasterCatalog = {
    categories,
    atoms: atoms.map((atom) => (atom.slug === 'webhook' ? older(atom) : atom)),
  }
  addRelease(of, first, '', '2026-10-02T08:12:00Z')
  addRelease(of, second, 'Delay for workflows.\nSee the minutes of October.', '2026-10-19T14:03:00Z')
  addRelease(of, third, 'Start, and what it needs.', '2026-11-06T09:40:00Z')
  const rows = [...rowsOf(of.releases[2]?.catalog ?? first).values()].map(({ row }) => row)
  for (const [at, { schema, atoms: its, hasSchema }] of of.tenants.entries()) {
    // One that was never synchronised lacks what it lacks.
    const isUnknown = its.length < atoms.length || at % 11 === 10
    if (hasSchema && !isUnknown) of.copies[schema] = copy(at, rows)
  }
}

const older = (atom: MasterAtom): MasterAtom => ({
  ...atom,
  description: `${atom.name}.`,
  versions: atom.versions.map((version) => ({ ...version, releaseNotes: 'The first text.' })),
})

function copy(at: number, rows: RowKey[]): FakeCopy {
  const release = at % 4 === 1 ? 2 : at % 7 === 3 ? 1 : 3
  const edits: FakeEdit[] = []
  const pick = (nth: number) => rows[(at * 5 + nth * 3) % rows.length]
  const add = (row: RowKey | undefined, kind: FakeEdit['kind']) => row && edits.push({ row, kind })
  if (at % 5 === 2) add(pick(0), 'edited')
  if (at % 5 === 1) add({ part: 'version', key: 'send-e-mail', version: '1.0' }, 'edited')
  if (at % 9 === 4) add(pick(1), 'removed')
  if (at % 13 === 6) add({ part: 'atom', key: `house-${at}`, version: '' }, 'own')
  const when = new Date(Date.UTC(2026, 10, 1 + (at % 20), 7, at % 60)).toISOString()
  const counts = { inserted: 4, updated: at % 3, deactivated: 0, kept: edits.length }
  const receipt = {
    operation: `0199-${at}`,
    releaseBefore: release > 1 ? release - 1 : null,
    release,
    at: when,
    ...counts,
  }
  return { release, synchronisedAt: when, comparedAt: when, edits, receipts: [receipt] }
}
