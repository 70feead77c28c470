import { useSyncExternalStore } from 'react'
import type { CreateTenant } from '../../ipc/client'

/** The new tenant as far as it has been typed. It stays when one looks at another tenant in between. */
export type Draft = {
  name: string
  schema: string
  /** The schema follows the name until it is edited by hand. */
  schemaEdited: boolean
  primaryDomain: string
  aliases: { id: number; value: string }[]
  attributes: Record<string, string>
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
  left: {},
  tried: false,
}

let draft = BLANK
let ids = 0
const listeners = new Set<() => void>()

function put(next: Draft) {
  draft = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useDraft = () => useSyncExternalStore(subscribe, () => draft)

export const currentDraft = () => draft
export const editDraft = (change: Partial<Draft>) => put({ ...draft, ...change })
export const clearDraft = () => put(BLANK)
export const leaveField = (name: string) => put({ ...draft, left: { ...draft.left, [name]: true } })

export const addAlias = (value: string) => {
  ids += 1
  put({ ...draft, aliases: [...draft.aliases, { id: ids, value }] })
}
export const editAlias = (id: number, value: string) =>
  put({ ...draft, aliases: draft.aliases.map((alias) => (alias.id === id ? { id, value } : alias)) })
export const removeAlias = (id: number) => put({ ...draft, aliases: draft.aliases.filter((alias) => alias.id !== id) })

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
