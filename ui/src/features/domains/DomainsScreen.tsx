import './domains.css'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Domain } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { Filter } from '../../shared/Filter'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { Empty, NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { useDomains } from './api'
import { useDomainColumns } from './columns'

const route = getRouteApi('/domains')
const GIVEN: Sort = { column: 'tenant', desc: false }
const FILTERS = ['all', 'public', 'development', 'unreachable'] as const

/** Every domain of the platform, and whom it leads to. */
export function DomainsScreen() {
  const { t } = useText()
  const domains = useDomains()
  const list = (
    <Loaded query={domains}>
      {(data) =>
        data.length === 0 ? (
          <Empty title={t('domains.empty')}>{t('domains.empty.text')}</Empty>
        ) : (
          <DomainList domains={data} />
        )
      }
    </Loaded>
  )
  return <Split label={t('nav.domains')} list={list} pane={null} />
}

function DomainList({ domains }: { domains: Domain[] }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { show } = search
  const match = useMemo(() => matching(needle(text), show), [text, show])
  const shown = useMemo(() => (match ? domains.filter(match).length : domains.length), [domains, match])
  const columns = useDomainColumns()
  const count = domains.length
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('domains.search')} value={text} onChange={setText} />
        <Filter
          label={t('domains.kind')}
          options={FILTERS.map((name) => ({ id: name, text: t(`domains.filter.${name}`) }))}
          value={show ?? 'all'}
          onChange={(name) =>
            void navigate({ search: (old) => ({ ...old, show: name === 'all' ? undefined : (name as typeof show) }) })
          }
        />
        <span className="toolbar-count" role="status">
          {shown === count ? t('domains.count', { count }) : t('domains.count.match', { match: shown, count })}
        </span>
      </div>
      <div className="list-body">
        {shown === 0 ? (
          <NoMatch query={text} text={t('domains.nomatch')} onClear={clear} />
        ) : (
          <DataGrid
            label={t('domains.grid')}
            rows={domains}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            rowHeight={heightOf}
            match={match}
            sort={readSort(search, GIVEN)}
            given={GIVEN}
            onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
          />
        )}
      </div>
    </>
  )
}

const keyOf = (domain: Domain) => domain.domain
const testIdOf = (domain: Domain) => `domain-row-${domain.domain}`
const heightOf = (domain: Domain) => (domain.unicode === domain.domain ? 32 : 44)

function matching(wanted: string, show: 'public' | 'development' | 'unreachable' | undefined) {
  if (!wanted && !show) return null
  return ({ domain, unicode, kind, unreachable, owner }: Domain) => {
    if (show === 'unreachable' ? unreachable === null : show !== undefined && kind !== show) return false
    if (domain.includes(wanted) || unicode.includes(wanted)) return true
    return owner.name.toLowerCase().includes(wanted) || owner.schema.toLowerCase().includes(wanted)
  }
}
