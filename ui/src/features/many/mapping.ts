import { useCallback, useSyncExternalStore } from 'react'
import type { ColumnField, ColumnMapping, CsvPreview } from '../../ipc/client'

/** What the columns of files have been told to stand for. It stays when one looks at another screen in between. */
const told = new Map<string, ColumnMapping>()
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A file whose header has changed is another file: what was said of its columns may be of others now. */
const keyOf = (path: string, { headers }: CsvPreview) => JSON.stringify([path, headers])

export function useMapping(path: string, preview: CsvPreview) {
  const key = keyOf(path, preview)
  const mapping = useSyncExternalStore(subscribe, () => told.get(key)) ?? preview.mapping
  const set = useCallback(
    (at: number, field: ColumnField) => {
      told.set(key, withField(told.get(key) ?? preview.mapping, at, field))
      for (const listener of listeners) listener()
    },
    [key, preview.mapping],
  )
  return { mapping, set }
}

export const forgetMappings = () => told.clear()

/** Has a column stand for a field. No other column stands for it then, unless several may. */
export function withField(mapping: ColumnMapping, at: number, field: ColumnField): ColumnMapping {
  return mapping.map((other, place) => {
    if (place === at) return field
    return isSingle(field) && idOf(other) === idOf(field) ? { field: 'ignore' } : other
  })
}

const isSingle = ({ field }: ColumnField) => field !== 'aliases' && field !== 'ignore'

const ATTRIBUTE = 'attribute.'

/** A field as one word, as the choices know it. */
export const idOf = (of: ColumnField) => (of.field === 'attribute' ? ATTRIBUTE + of.column : of.field)

export function fieldOf(id: string | undefined): ColumnField {
  if (id?.startsWith(ATTRIBUTE)) return { field: 'attribute', column: id.slice(ATTRIBUTE.length) }
  return id === 'name' || id === 'schema' || id === 'primary_domain' || id === 'aliases'
    ? { field: id }
    : { field: 'ignore' }
}
