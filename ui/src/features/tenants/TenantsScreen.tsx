import './tenants.css'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import type { TenantsSearch } from '../../app/search'
import type { Tenant } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { markPainted } from '../../shared/marks'
import { Split } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { NoMatch } from '../../shared/states'
import { useRunning } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { Start } from '../start/Start'
import { useTenants, useTrash } from './api'
import { ChoiceBar } from './ChoiceBar'
import { CreatePane } from './CreatePane'
import { choose, useChosen } from './chosen'
import { useTenantColumns } from './columns'
import { useTenantMatch } from './match'
import { ReviewPane } from './ReviewPane'
import { ShowFilter } from './ShowFilter'
import { TenantPane } from './TenantPane'
import { TrashList } from './TrashList'
import { TrashPane } from './TrashPane'

const route = getRouteApi('/tenants')
const GIVEN: Sort = { column: 'name', desc: false }

/** All tenants, and beside them the one that was chosen or is being made, or what is to be done to many. */
export function TenantsScreen() {
  const { t } = useText()
  const search = route.useSearch()
  const tenants = useTenants()
  const trash = useTrash()
  const isLoadingExample = useRunning().includes('example')
  const deleted = trash.data?.length ?? 0
  const isStart = (count: number) => isLoadingExample || (count === 0 && deleted === 0)
  const list =
    search.show === 'deleted' ? (
      <Loaded query={trash}>{(data) => <TrashList trash={data} />}</Loaded>
    ) : (
      <Loaded query={tenants}>
        {(data) => (isStart(data.length) ? <Start /> : <TenantList tenants={data} deleted={deleted} />)}
      </Loaded>
    )
  return <Split label={t('nav.tenants')} list={list} pane={beside(search)} />
}

function beside({ panel, show, trash, tenant }: TenantsSearch) {
  if (panel === 'new') return <CreatePane source={null} />
  if (panel === 'clone') return tenant ? <CreatePane key={tenant} source={tenant} /> : null
  if (panel) return <ReviewPane action={panel} />
  if (show === 'deleted') return trash ? <TrashPane key={trash} name={trash} /> : null
  return tenant ? <TenantPane key={tenant} schema={tenant} /> : null
}

const keyOf = (tenant: Tenant) => tenant.schema
const testIdOf = (tenant: Tenant) => `tenant-row-${tenant.schema}`
const painted = () => {
  markPainted('first-rows')
  markPainted('usable')
}

function TenantList({ tenants, deleted }: { tenants: Tenant[]; deleted: number }) {
  const { t, number } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { show } = search
  const { match: fits, via } = useTenantMatch(text)
  const match = useMemo(() => byState(fits, show), [fits, show])
  const shown = useMemo(() => (match ? tenants.filter(match) : tenants), [tenants, match])
  const columns = useTenantColumns(via)
  const sort = readSort(search, GIVEN)
  const onSort = (next: Sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(next, GIVEN) }) })
  const onOpen = useCallback(
    ({ schema }: Tenant) => void navigate({ search: ({ panel: _, step: __, ...old }) => ({ ...old, tenant: schema }) }),
    [navigate],
  )
  const choice = useTenantChoice()
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  const count = tenants.length
  useEffect(painted, [])
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('tenants.search')} value={text} onChange={setText} />
        <ShowFilter deleted={deleted} />
        <span className="toolbar-count" role="status">
          {shown.length === count
            ? t('tenants.count', { count })
            : t('tenants.count.match', { match: shown.length, count })}
        </span>
      </div>
      <div className="list-body">
        {shown.length === 0 ? (
          <NoMatch query={text} text={t(text ? 'tenants.nomatch' : 'tenants.nomatch.state')} onClear={clear} />
        ) : (
          <DataGrid
            label={`${t('tenants.grid')} (${number(count)})`}
            rows={tenants}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.panel && search.panel !== 'clone' ? undefined : search.tenant}
            onOpen={onOpen}
            sort={sort}
            given={GIVEN}
            onSort={onSort}
            onFirstRows={painted}
            choice={choice}
          />
        )}
      </div>
      <ChoiceBar tenants={tenants} shown={shown} isFiltered={match !== null} />
    </>
  )
}

function useTenantChoice() {
  const { t } = useText()
  const chosen = useChosen()
  return useMemo(
    () => ({ chosen, onChange: choose, label: ({ name }: Tenant) => t('choice.label', { name }) }),
    [chosen, t],
  )
}

function byState(fits: ((tenant: Tenant) => boolean) | null, show: TenantsSearch['show']) {
  if (show !== 'active' && show !== 'suspended') return fits
  return (tenant: Tenant) => tenant.isActive === (show === 'active') && (fits?.(tenant) ?? true)
}
