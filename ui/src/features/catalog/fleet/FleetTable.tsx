import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { FleetState, TenantCopy } from '../../../ipc/client'
import { DataGrid } from '../../../shared/DataGrid'
import { needle } from '../../../shared/format'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { SearchField } from '../../../shared/SearchField'
import { Empty, NoMatch } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useSearchText } from '../../../shared/useSearchText'
import { choose, useChosen } from '../../tenants/chosen'
import { CopyChoice } from './CopyChoice'
import { useCopyColumns } from './columns'
import { StateBar } from './StateBar'

const route = getRouteApi('/catalog/fleet')
const GIVEN: Sort = { column: 'name', desc: false }
const keyOf = ({ schema }: TenantCopy) => schema
const testIdOf = ({ schema }: TenantCopy) => `copy-row-${schema}`

/** Every tenant with the state of its copy. */
export function FleetTable({ fleet }: { fleet: FleetState }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { tenants } = fleet
  const { show } = search
  const match = useMemo(() => {
    const wanted = needle(text)
    if (!wanted && !show) return null
    return ({ name, schema, state }: TenantCopy) =>
      (!show || state === show) && `${name}\n${schema}`.toLowerCase().includes(wanted)
  }, [text, show])
  const shown = useMemo(() => (match ? tenants.filter(match) : tenants), [tenants, match])
  const columns = useCopyColumns()
  const onOpen = useCallback(
    ({ schema }: TenantCopy) =>
      void navigate({ search: ({ panel: _, atom: __, ...old }) => ({ ...old, tenant: schema }) }),
    [navigate],
  )
  const chosen = useChosen()
  const choice = useMemo(
    () => ({ chosen, onChange: choose, label: ({ name }: TenantCopy) => t('choice.label', { name }) }),
    [chosen, t],
  )
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  if (tenants.length === 0) return <Empty title={t('fleet.none')}>{t('fleet.none.text')}</Empty>
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('fleet.search')} value={text} onChange={setText} />
        <StateBar
          tenants={tenants}
          value={show}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, show: next }) })}
        />
      </div>
      <div className="list-body">
        {shown.length === 0 ? (
          <NoMatch query={text} text={t(text ? 'fleet.nomatch' : 'fleet.nomatch.state')} onClear={clear} />
        ) : (
          <DataGrid
            label={t('fleet.grid')}
            rows={tenants}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.panel ? undefined : search.tenant}
            onOpen={onOpen}
            sort={readSort(search, GIVEN)}
            given={GIVEN}
            onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
            choice={choice}
          />
        )}
      </div>
      <CopyChoice tenants={tenants} shown={shown} />
    </>
  )
}
