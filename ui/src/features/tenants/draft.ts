import { useSyncExternalStore } from 'react'
import type { CreateTenant, SchemaName } from '../../ipc/client'

/** The new tenant as far as it has been typed. It stays when one looks at another tenant in between. */
export type Draft = {
  name: string
  schema: string
  /** The schema follows the name until it is edited by hand. */
  schemaEdited: boolean
  primaryDomain: string
  aliases: { id: number; value: string }[]
  attributes: Record<string, string>
  /** A clone gets all the rows of its source, not only those that say what is installed. */
  withData: boolean
  /** Fields that have been left once; their problems are shown. */
  left: Record<string, true>
  /** A preview was asked for; every problem is shown. */
  tried: boolean
}

const BLANK: Draft = {
  name: '',
  schema: '',
  schemaEdited: false,
  primaryDomain: '',
  aliases: [],
  attributes: {},
  withData: false,
  left: {},
  tried: false,
}

export type DraftStore = ReturnType<typeof makeDraft>

let ids = 0

function makeDraft() {
  let draft = BLANK
  const listeners = new Set<() => void>()
  const put = (next: Draft) => {
    draft = next
    for (const listener of listeners) listener()
  }
  return {
    current: () => draft,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    edit: (change: Partial<Draft>) => put({ ...draft, ...change }),
    clear: () => put(BLANK),
    leave: (name: string) => put({ ...draft, left: { ...draft.left, [name]: true } }),
    addAlias: (value: string) => {
      ids += 1
      put({ ...draft, aliases: [...draft.aliases, { id: ids, value }] })
    },
    editAlias: (id: number, value: string) =>
      put({ ...draft, aliases: draft.aliases.map((alias) => (alias.id === id ? { id, value } : alias)) }),
    removeAlias: (id: number) => put({ ...draft, aliases: draft.aliases.filter((alias) => alias.id !== id) }),
  }
}

/** One for a tenant by the blueprint, and one for each tenant that another is to be like. */
const drafts = new Map<SchemaName | null, DraftStore>()

export function draftOf(source: SchemaName | null): DraftStore {
  const draft = drafts.get(source) ?? makeDraft()
  drafts.set(source, draft)
  return draft
}

export const forgetDrafts = () => drafts.clear()

export const useDraft = ({ subscribe, current }: DraftStore) => useSyncExternalStore(subscribe, current)

export const isBlank = (of: Draft) =>
  !of.name &&
  !of.schema &&
  !of.primaryDomain &&
  of.aliases.length === 0 &&
  Object.values(of.attributes).every((v) => !v)

/** The draft as the engine takes it. Attributes that were left empty are left to the platform. */
export function requestOf({ name, schema, primaryDomain, aliases, attributes }: Draft): CreateTenant {
  return {
    name,
    schema,
    primaryDomain,
    aliases: aliases.map(({ value }) => value),
    attributes: Object.entries(attributes)
      .filter(([, value]) => value.trim() !== '')
      .map(([column, value]) => ({ column, value: value.trim() })),
    onTakenAlias: 'skip',
  }
}
