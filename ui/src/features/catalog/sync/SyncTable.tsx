import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { ToggleButton } from 'react-aria-components'
import { SYNC_OUTCOMES, type SyncOutcome } from '../../../app/search'
import type { FleetState, TenantSync } from '../../../ipc/client'
import { DataGrid } from '../../../shared/DataGrid'
import { needle } from '../../../shared/format'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { SearchField } from '../../../shared/SearchField'
import { NoMatch } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useSearchText } from '../../../shared/useSearchText'
import { useSyncColumns } from './columns'
import { ICONS, outcomeOf, TONES } from './outcomes'

const route = getRouteApi('/catalog/fleet/sync')
/** Those that somebody has to look at come first. */
const GIVEN: Sort = { column: 'outcome', desc: false }
const keyOf = ({ schema }: TenantSync) => schema
const testIdOf = ({ schema }: TenantSync) => `sync-row-${schema}`

/** What a synchronisation would come to, tenant by tenant. */
export function SyncTable({ tenants, fleet }: { tenants: TenantSync[]; fleet: FleetState }) {
  const { t, number } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const names = useMemo(() => new Map(fleet.tenants.map(({ schema, name }) => [schema, name])), [fleet])
  const { show } = search
  const rows = useMemo(() => inOrder(tenants), [tenants])
  const match = useMemo(() => {
    const wanted = needle(text)
    if (!wanted && !show) return null
    return (tenant: TenantSync) =>
      (!show || outcomeOf(tenant) === show) &&
      `${names.get(tenant.schema)}\n${tenant.schema}`.toLowerCase().includes(wanted)
  }, [text, show, names])
  const isAny = useMemo(() => rows.some(match ?? (() => true)), [rows, match])
  const columns = useSyncColumns(names)
  const onOpen = useCallback(
    ({ schema }: TenantSync) => void navigate({ search: (old) => ({ ...old, tenant: schema }) }),
    [navigate],
  )
  const counts = countsOf(tenants)
  const choose = (next: SyncOutcome | undefined) => void navigate({ search: (old) => ({ ...old, show: next }) })
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('fleet.search')} value={text} onChange={setText} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
        <div className="states" role="group" aria-label={t('sync.outcomes')}>
          {SYNC_OUTCOMES.filter((id) => counts[id] > 0 || id === show).map((id) => {
            const Icon = ICONS[id]
            return (
              <ToggleButton
                key={id}
                className={`state-chip badge ${TONES[id]}`}
                isSelected={show === id}
                onChange={() => choose(show === id ? undefined : id)}
                data-testid={`outcome-${id}`}
              >
                <Icon size={14} aria-hidden />
                <span>{t(`sync.outcome.${id}`)}</span>
                <strong>{number(counts[id])}</strong>
              </ToggleButton>
            )
          })}
        </div>
      </div>
      <div className="list-body">
        {isAny ? (
          <DataGrid
            label={t('sync.title')}
            rows={rows}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.tenant}
            onOpen={onOpen}
            sort={readSort(search, GIVEN)}
            given={GIVEN}
            onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
          />
        ) : (
          <NoMatch query={text} text={t(text ? 'fleet.nomatch' : 'fleet.nomatch.state')} onClear={clear} />
        )}
      </div>
    </>
  )
}

const inOrder = (tenants: TenantSync[]) =>
  tenants.toSorted((a, b) => SYNC_OUTCOMES.indexOf(outcomeOf(a)) - SYNC_OUTCOMES.indexOf(outcomeOf(b)))

export function countsOf(tenants: TenantSync[]): Record<SyncOutcome, number> {
  const counts = { undecided: 0, refused: 0, ready: 0, in_step: 0 }
  for (const tenant of tenants) counts[outcomeOf(tenant)] += 1
  return counts
}
