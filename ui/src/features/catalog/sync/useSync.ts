import { useEffect, useMemo, useRef } from 'react'
import type { SyncSearch } from '../../../app/search'
import {
  call,
  commands,
  type FleetState,
  type Intent,
  type NewItem,
  type SchemaName,
  type SyncFleet,
  type SyncPreview,
  type TenantSync,
} from '../../../ipc/client'
import { useTask } from '../../../shared/tasks'
import { useChosen } from '../../tenants/chosen'
import { decisionsFor, type How, useDraft } from './draft'

/** Whom a synchronisation is for: one, those that are selected, or nobody in particular, which means all. */
export function useMeant(fleet: FleetState, search: SyncSearch): SchemaName[] | null {
  const chosen = useChosen()
  const { one, of } = search
  return useMemo(() => {
    if (one !== undefined) return [one]
    if (of !== 'chosen') return null
    return fleet.tenants.flatMap(({ schema }) => (chosen.has(schema) ? [schema] : []))
  }, [one, of, chosen, fleet])
}

/** What a synchronisation would come to, as it was asked for in the route, with what was decided since. */
export function useSync(schemas: SchemaName[] | null, search: SyncSearch) {
  const { release = null, conflicts: onConflict = 'stop', rows } = search
  const task = useTask<SyncPreview>('sync-preview')
  const request = useMemo(
    (): SyncFleet => ({ schemas, release, onConflict, decisions: [], byReceipts: rows !== 'all' }),
    [schemas, release, onConflict, rows],
  )
  const isAsked = useMemo(() => JSON.stringify(task.about) === JSON.stringify(request), [task.about, request])
  const draft = useDraft(task.id)
  const preview = isAsked && task.status === 'done' ? task.result : null
  const tenants = useMemo(
    () => preview?.tenants.map((tenant) => draft.again.get(tenant.schema) ?? tenant) ?? [],
    [preview, draft],
  )
  const how = useMemo((): How | null => preview && { id: task.id, request, preview }, [preview, task.id, request])
  const start = () =>
    void task.start((id, progress) => call(commands.previewCatalogSync(id, request, progress)), request)

  // One tenant is planned in a moment: there is nothing to wait for.
  const isOne = search.one !== undefined
  const begin = useRef(start)
  begin.current = start
  useEffect(() => {
    if (isOne && !isAsked) begin.current()
  }, [isOne, isAsked])

  return { task, request, isAsked, draft, preview, tenants, how, start }
}

export const itemsOf = (tenants: TenantSync[]): NewItem[] =>
  tenants.flatMap(({ outcome }) => (outcome.outcome === 'ready' ? [outcome.item] : []))

/** What the plan of a tenant is asked with. */
export function intentFor({ request, preview }: How, draft: ReturnType<typeof useDraft>, schema: SchemaName): Intent {
  const { onConflict } = request
  const decisions = decisionsFor(draft, schema)
  return { intent: 'sync_catalog', request: { schema, release: preview.release, onConflict, decisions } }
}
