import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Health, TenantHealth } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { Filter } from '../../shared/Filter'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { SearchField } from '../../shared/SearchField'
import { NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { useHealthColumns } from './columns'
import { KindSelect } from './KindSelect'
import { STATES } from './state'
import { countStates, haystack, kindsOf, stateOf } from './words'

const route = getRouteApi('/health')
const GIVEN: Sort = { column: 'state', desc: false }

const keyOf = ({ schema }: TenantHealth) => schema
const testIdOf = ({ schema }: TenantHealth) => `health-row-${schema}`

/** The tenants with what was found of each, the worst first. */
export function FleetList({ health }: { health: Health }) {
  const { t, number } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { tenants } = health
  const { show, kind, group } = search
  const counts = useMemo(() => countStates(tenants), [tenants])
  const words = useMemo(() => new Map(tenants.map((of) => [of.schema, haystack({ t }, of)])), [tenants, t])
  const match = useMemo(() => {
    const wanted = needle(text)
    if (!wanted && !show && !kind && group === undefined) return null
    return (of: TenantHealth) =>
      (!show || stateOf(of) === show) &&
      (!kind || kindsOf(of).includes(kind)) &&
      (group === undefined || of.group === group) &&
      (words.get(of.schema)?.includes(wanted) ?? false)
  }, [text, show, kind, group, words])
  const any = useMemo(() => tenants.some(match ?? (() => true)), [tenants, match])
  const columns = useHealthColumns(health)
  const onOpen = useCallback(
    ({ schema }: TenantHealth) => void navigate({ search: (old) => ({ ...old, tenant: schema }) }),
    [navigate],
  )
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined, kind: undefined, group: undefined }) })
  }
  const options = [
    { id: 'all', text: `${t('health.filter.all')} ${number(tenants.length)}` },
    ...STATES.map((state) => ({ id: state, text: `${t(`severity.${state}`)} ${number(counts[state])}` })),
  ]
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('health.search')} value={text} onChange={setText} />
        <Filter
          label={t('health.severity')}
          options={options}
          value={show ?? 'all'}
          onChange={(name) =>
            void navigate({ search: (old) => ({ ...old, show: STATES.find((state) => state === name) }) })
          }
        />
        <KindSelect
          tenants={tenants}
          value={kind}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, kind: next }) })}
        />
      </div>
      <div className="list-body health-list">
        {tenants.length === 0 ? (
          <p className="pane-section muted">{t('verify.tenants.none')}</p>
        ) : any ? (
          <DataGrid
            label={t('health.grid')}
            rows={tenants}
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
          <NoMatch query={text} text={t(text ? 'health.search.nomatch' : 'health.nomatch')} onClear={clear} />
        )}
      </div>
    </>
  )
}
