import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Report, TenantReport } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { Filter } from '../../shared/Filter'
import { collator, needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { SearchField } from '../../shared/SearchField'
import { NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { CheckList, WORST_FIRST } from './CheckList'
import { useReportColumns } from './columns'

const route = getRouteApi('/verify')
const GIVEN: Sort = { column: 'verdict', desc: false }
const VERDICTS = ['failed', 'notice', 'passed'] as const

const keyOf = ({ tenant }: TenantReport) => tenant.schema
const testIdOf = ({ tenant }: TenantReport) => `verify-row-${tenant.schema}`

/** The platform's own checks, and under them the tenants, the worst first. */
export function ReportList({ report }: { report: Report }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { show } = search
  const tenants = useMemo(() => [...report.tenants].sort(worstFirst), [report])
  const counts = useMemo(() => countOf(report.tenants), [report])
  const match = useMemo(() => matching(needle(text), show), [text, show])
  const any = useMemo(() => tenants.some(match ?? (() => true)), [tenants, match])
  const columns = useReportColumns()
  const onOpen = useCallback(
    ({ tenant }: TenantReport) => void navigate({ search: (old) => ({ ...old, tenant: tenant.schema }) }),
    [navigate],
  )
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  const options = [
    { id: 'all', text: `${t('verify.all')} ${tenants.length}` },
    ...VERDICTS.map((verdict) => ({ id: verdict, text: `${t(`verdict.${verdict}`)} ${counts[verdict]}` })),
  ]
  return (
    <>
      <section className="verify-platform" aria-label={t('verify.platform')}>
        <h2 className="group-heading">{t('verify.platform')}</h2>
        <CheckList checks={report.platform} />
      </section>
      <div className="toolbar">
        <SearchField label={t('verify.search')} value={text} onChange={setText} />
        <Filter
          label={t('verify.verdict')}
          options={options}
          value={show ?? 'all'}
          onChange={(name) =>
            void navigate({ search: (old) => ({ ...old, show: VERDICTS.find((verdict) => verdict === name) }) })
          }
        />
      </div>
      <div className="list-body">
        {tenants.length === 0 ? (
          <p className="pane-section muted">{t('verify.tenants.none')}</p>
        ) : any ? (
          <DataGrid
            label={t('verify.tenants')}
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
          <NoMatch query={text} text={t(text ? 'verify.search.nomatch' : 'verify.nomatch')} onClear={clear} />
        )}
      </div>
    </>
  )
}

function worstFirst(a: TenantReport, b: TenantReport) {
  return WORST_FIRST[a.verdict] - WORST_FIRST[b.verdict] || collator.compare(a.tenant.name, b.tenant.name)
}

/** How many tenants have each verdict. */
export function countOf(reports: TenantReport[]) {
  const counts = { failed: 0, notice: 0, passed: 0 }
  for (const { verdict } of reports) counts[verdict] += 1
  return counts
}

function matching(wanted: string, show: TenantReport['verdict'] | undefined) {
  if (!wanted && !show) return null
  return ({ tenant, verdict }: TenantReport) =>
    (!show || verdict === show) && `${tenant.name}\n${tenant.schema}`.toLowerCase().includes(wanted)
}
