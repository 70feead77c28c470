import './tenants.css'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
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
import { useTenants } from './api'
import { useTenantColumns } from './columns'
import { useTenantMatch } from './match'
import { NewTenantPane } from './NewTenantPane'
import { TenantPane } from './TenantPane'

const route = getRouteApi('/tenants')
const GIVEN: Sort = { column: 'name', desc: false }

/** All tenants, and beside them the one that was chosen or is being made. */
export function TenantsScreen() {
  const search = route.useSearch()
  const tenants = useTenants()
  const pane =
    search.panel === 'new' ? (
      <NewTenantPane />
    ) : search.tenant ? (
      <TenantPane key={search.tenant} schema={search.tenant} />
    ) : null
  const isLoadingExample = useRunning().includes('example')
  const { t } = useText()
  const list = (
    <Loaded query={tenants}>
      {(data) => (data.length === 0 || isLoadingExample ? <Start /> : <TenantList tenants={data} />)}
    </Loaded>
  )
  return <Split label={t('nav.tenants')} list={list} pane={pane} />
}

const keyOf = (tenant: Tenant) => tenant.schema
const testIdOf = (tenant: Tenant) => `tenant-row-${tenant.schema}`
const painted = () => {
  markPainted('first-rows')
  markPainted('usable')
}

function TenantList({ tenants }: { tenants: Tenant[] }) {
  const { t, number } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { match, via } = useTenantMatch(text)
  const shown = useMemo(() => (match ? tenants.filter(match).length : tenants.length), [tenants, match])
  const columns = useTenantColumns(via)
  const sort = readSort(search, GIVEN)
  const onSort = (next: Sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(next, GIVEN) }) })
  const onOpen = useCallback(
    ({ schema }: Tenant) => void navigate({ search: ({ panel: _, step: __, ...old }) => ({ ...old, tenant: schema }) }),
    [navigate],
  )
  const count = tenants.length
  useEffect(painted, [])
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('tenants.search')} value={text} onChange={setText} />
        <span className="toolbar-count" role="status">
          {shown === count ? t('tenants.count', { count }) : t('tenants.count.match', { match: shown, count })}
        </span>
      </div>
      <div className="list-body">
        {shown === 0 ? (
          <NoMatch query={text} text={t('tenants.nomatch')} onClear={() => setText('')} />
        ) : (
          <DataGrid
            label={`${t('tenants.grid')} (${number(count)})`}
            rows={tenants}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.panel ? undefined : search.tenant}
            onOpen={onOpen}
            sort={sort}
            given={GIVEN}
            onSort={onSort}
            onFirstRows={painted}
          />
        )}
      </div>
    </>
  )
}
