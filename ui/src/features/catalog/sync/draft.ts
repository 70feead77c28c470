import { useSyncExternalStore } from 'react'
import {
  Channel,
  call,
  commands,
  type Decision,
  type Progress,
  type SchemaName,
  type SyncFleet,
  type SyncPreview,
  type TenantSync,
} from '../../../ipc/client'
import { rowId } from '../../plan/rows'

/** How tenants are synchronised, and to which release: a preview, and what it was asked with. */
export type How = { id: string; request: SyncFleet; preview: SyncPreview }

/** What was decided about a preview, and the tenants that were planned again since. */
export type Draft = {
  how: How | null
  /** Said of a row at every tenant. */
  all: Decision[]
  own: ReadonlyMap<SchemaName, Decision[]>
  again: ReadonlyMap<SchemaName, TenantSync>
  /** Tenants that are to be planned again. */
  waiting: ReadonlySet<SchemaName>
  /** Why they could not be. */
  error: unknown
}

const nothing = (how: How | null): Draft => ({
  how,
  all: [],
  own: new Map(),
  again: new Map(),
  waiting: new Set(),
  error: null,
})

const NONE = nothing(null)
let draft = NONE
const listeners = new Set<() => void>()

function put(next: Draft) {
  draft = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** What was decided about a preview; nothing where it was about another. */
export function useDraft(preview: string): Draft {
  const known = useSyncExternalStore(subscribe, () => draft)
  return known.how?.id === preview ? known : NONE
}

export const decisionsFor = ({ all, own }: Draft, schema: SchemaName): Decision[] => [
  ...all,
  ...(own.get(schema) ?? []),
]

const draftOf = (how: How) => (draft.how?.id === how.id ? draft : nothing(how))

const withOne = (known: Decision[], next: Decision) => [
  ...known.filter(({ row }) => rowId(row) !== rowId(next.row)),
  next,
]

/** Decides about a row of one tenant, and plans that tenant again. */
export function decideOne(how: How, schema: SchemaName, decision: Decision) {
  const before = draftOf(how)
  const own = new Map(before.own).set(schema, withOne(before.own.get(schema) ?? [], decision))
  put({ ...before, own, waiting: new Set([...before.waiting, schema]), error: null })
  void settle()
}

/** Decides about a row, or an atom with its versions, at all tenants, and plans those again that have conflicts. */
export function decideAll(how: How, decision: Decision) {
  const before = draftOf(how)
  const isOfRow = ({ row }: Decision) =>
    rowId(row) === rowId(decision.row) || (decision.row.part === 'atom' && row.key === decision.row.key)
  const own = new Map([...before.own].map(([schema, its]) => [schema, its.filter((of) => !isOfRow(of))]))
  const conflicting = how.preview.tenants
    .map((tenant) => before.again.get(tenant.schema) ?? tenant)
    .filter(({ counts }) => counts.conflicts > 0)
    .map(({ schema }) => schema)
  const waiting = new Set([...before.waiting, ...conflicting])
  put({ ...before, all: withOne(before.all, decision), own, waiting, error: null })
  void settle()
}

/** Goes on where it failed. */
export function planWaiting() {
  put({ ...draft, error: null })
  void settle()
}

let isSettling = false

/** Plans again whoever waits for it, until nobody does. */
async function settle() {
  if (isSettling) return
  isSettling = true
  while (draft.how && draft.waiting.size > 0 && draft.error === null) {
    const { how } = draft
    try {
      await planAgain(how, batchOf(draft))
    } catch (error) {
      if (draft.how?.id === how.id) put({ ...draft, error })
    }
  }
  isSettling = false
}

/** One tenant with decisions of its own, or all that have none. */
function batchOf({ waiting, own }: Draft): SchemaName[] {
  const alike = [...waiting].filter((schema) => !own.get(schema)?.length)
  return alike.length > 0 ? alike : [...waiting].slice(0, 1)
}

async function planAgain({ id, request, preview }: How, schemas: SchemaName[]) {
  const asked = draft
  const [first = ''] = schemas
  const again = await call(
    commands.previewCatalogSync(
      crypto.randomUUID(),
      { ...request, schemas, release: preview.release, decisions: decisionsFor(asked, first), byReceipts: false },
      new Channel<Progress>(),
    ),
  )
  if (draft.how?.id !== id) return
  const isSame = (schema: SchemaName) => draft.all === asked.all && draft.own.get(schema) === asked.own.get(schema)
  const known = new Map(draft.again)
  const waiting = new Set(draft.waiting)
  for (const tenant of again.tenants) {
    // Something else was decided about it meanwhile: it is planned once more.
    if (!isSame(tenant.schema)) continue
    known.set(tenant.schema, tenant)
    waiting.delete(tenant.schema)
  }
  put({ ...draft, again: known, waiting })
}
