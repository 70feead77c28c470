import { useSyncExternalStore } from 'react'
import type { IfTaken, ImportDomains, ImportField, ImportRow, ImportSource, ImportTable } from '../../../ipc/client'

/** What is done to one row of a source, by its place: what it stands for instead, or that it is left out. */
export type Edit = Partial<Pick<ImportRow, 'domain' | 'tenant' | 'onTaken'>> & { isDropped?: boolean }

/** An import as far as it has come. It stays when one looks at another screen in between. */
export type Draft = {
  /** What is typed or pasted, before it is read. */
  text: string
  /** What is being read; `null` before that. */
  source: ImportSource | null
  /** What the source is called, where it has a name. */
  name: string | null
  /** What the columns stand for, once somebody has said so. */
  fields: ImportField[] | null
  /** The tenant of rows that name none. */
  tenant: string
  onTaken: IfTaken
  approval: string
  edits: ReadonlyMap<number, Edit>
  /** Counts the sources, so that what was read of one is never taken for another's. */
  id: number
}

const BLANK: Draft = {
  text: '',
  source: null,
  name: null,
  fields: null,
  tenant: '',
  onTaken: 'skip',
  approval: '',
  edits: new Map(),
  id: 0,
}

let draft = BLANK
let ids = 0
const listeners = new Set<() => void>()

function put(next: Draft) {
  draft = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useImportDraft = () => useSyncExternalStore(subscribe, () => draft)

export const editImport = (change: Partial<Draft>) => put({ ...draft, ...change })

export const forgetImport = () => put(BLANK)

/** Reads a source. What was said of the one before is of others now, except whom it is for. */
export function readSource(source: ImportSource, name: string | null = null) {
  ids += 1
  put({ ...draft, source, name, fields: null, edits: new Map(), approval: '', id: ids })
}

/** Takes a text along from elsewhere, and reads it. */
export function beginImport({ text, tenant }: { text: string; tenant: string }) {
  put({ ...draft, text, tenant: tenant || draft.tenant })
  readSource({ from: 'text', what: text })
}

/** Other columns make other rows, so that what was said of single rows goes. */
export const mapColumns = (fields: ImportField[]) => put({ ...draft, fields, edits: new Map() })

export function editRows(changes: Iterable<readonly [number, Edit]>) {
  const edits = new Map(draft.edits)
  for (const [at, edit] of changes) edits.set(at, { ...edits.get(at), ...edit })
  put({ ...draft, edits })
}

export const restoreRows = () => put({ ...draft, edits: new Map() })

/** What goes for all goes for those too that had an answer of their own. */
export function takeAll(onTaken: IfTaken) {
  const edits = new Map([...draft.edits].map(([at, { onTaken: _, ...edit }]) => [at, edit] as const))
  put({ ...draft, onTaken, edits })
}

/** The rows that are asked for, and the place that each has in its source. */
export function requestOf(table: ImportTable, of: Pick<Draft, 'edits' | 'onTaken' | 'approval'>) {
  const places: number[] = []
  const rows: ImportRow[] = []
  for (const [at, row] of table.rows.entries()) {
    const { isDropped, ...edit } = of.edits.get(at) ?? {}
    if (isDropped) continue
    places.push(at)
    rows.push({ ...row, ...edit })
  }
  const request: ImportDomains = { rows, onTaken: of.onTaken, onlyValid: false, approval: of.approval.trim() || null }
  return { request, places }
}
