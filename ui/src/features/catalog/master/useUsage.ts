import { useCallback } from 'react'
import { call, commands, type Reference, type Usage } from '../../../ipc/client'
import { useTask } from '../../../shared/tasks'

/** What in the fleet refers to an atom. Every tenant is asked, so it is looked up when somebody wants to know. */
export function useUsage(slug: string) {
  const task = useTask<Usage>('usage')
  const isOfThis = task.about === slug
  const { start } = task
  const look = useCallback(
    () => void start((id, progress) => call(commands.catalogUsage(id, slug, progress)), slug),
    [start, slug],
  )
  return { task, look, isOfThis, usage: isOfThis ? task.result : null }
}

export type PlaceUsed = { table: string; column: string; version: string; rows: number; tenants: number }

/** The same over all tenants: how many rows of how many tenants, for each table, column and version. */
export function placesUsed(tenants: { references: Reference[] }[]): PlaceUsed[] {
  const places = new Map<string, PlaceUsed>()
  for (const { references } of tenants) {
    for (const { table, column, version, rows } of references) {
      const key = `${table}\n${column}\n${version}`
      const known = places.get(key) ?? { table, column, version, rows: 0, tenants: 0 }
      places.set(key, { ...known, rows: known.rows + rows, tenants: known.tenants + 1 })
    }
  }
  return [...places.values()].sort((a, b) => b.rows - a.rows)
}

export const rowsOf = (references: Reference[]) => references.reduce((sum, { rows }) => sum + rows, 0)
