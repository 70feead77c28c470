import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { DomainCounts, ListedDomain } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { ErrorView } from '../../shared/ErrorView'
import { type Sort, writeSort } from '../../shared/gridSort'
import { markPainted } from '../../shared/marks'
import { Empty, Loading, NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useDomainColumns } from './columns'
import { DomainMenu, type MenuPlace } from './DomainMenu'
import { SelectionBar } from './SelectionBar'
import { StateChips } from './StateChips'
import { GIVEN, viewOf } from './searchWords'
import { useDomainChoice } from './useDomainChoice'
import type { DomainRows } from './useDomainRows'
import { ViewsMenu } from './ViewsMenu'

const route = getRouteApi('/domains')

const keyOf = ({ domain }: ListedDomain) => domain
const testIdOf = ({ domain }: ListedDomain) => `domain-row-${domain}`
const painted = () => markPainted('domains-first-rows')

type Props = {
  found: DomainRows
  counts: DomainCounts | undefined
  sort: Sort
  text: string
  onText: (text: string) => void
}

/** Every domain of the platform that the search finds, and whom it leads to. */
export function DomainList({ found, counts, sort, text, onText }: Props) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data, rows, error } = found
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  const onMenu = useCallback((domain: ListedDomain, at: MenuPlace['at']) => setMenu({ domain, at }), [])
  const columns = useDomainColumns(onMenu)
  const onOpen = useCallback(
    ({ domain }: ListedDomain) => void navigate({ search: (old) => ({ ...old, domain }) }),
    [navigate],
  )
  const { chosen, within, choice, chooseAll, failure } = useDomainChoice(found)
  const total = data?.total ?? 0
  const matching = data?.matching ?? 0
  return (
    <>
      <div className="subbar">
        <StateChips counts={counts} text={text} onText={onText} />
        <span className="grow" />
        <span className="toolbar-count" role="status">
          {data &&
            (matching === total
              ? t('domains.count', { count: total })
              : t('domains.count.match', { match: matching, count: total }))}
        </span>
        <ViewsMenu
          now={viewOf(search)}
          onOpen={(view) =>
            void navigate({ search: ({ q: _, sort: __, dir: ___, ...old }) => ({ ...old, ...viewOf(view) }) })
          }
        />
      </div>
      {(error || failure) && (
        <div className="pane-section">
          <ErrorView error={error ?? failure} onRetry={found.refetch} />
        </div>
      )}
      <div className="list-body" aria-busy={found.isBehind || undefined}>
        {data ? (
          total === 0 ? (
            <Empty title={t('domains.empty')}>{t('domains.empty.text')}</Empty>
          ) : matching === 0 ? (
            <NoMatch query={text} text={t('domains.nomatch')} onClear={() => onText('')} />
          ) : (
            <DataGrid
              label={t('domains.grid')}
              rows={rows}
              columns={columns}
              rowKey={keyOf}
              rowTestId={testIdOf}
              selected={search.domain}
              onOpen={onOpen}
              sort={sort}
              onSort={(next) => void navigate({ search: (old) => ({ ...old, ...writeSort(next, GIVEN) }) })}
              onFirstRows={painted}
              onMenu={onMenu}
              choice={choice}
            />
          )
        ) : (
          !error && <Loading />
        )}
      </div>
      <SelectionBar chosen={chosen} within={within} matching={matching} total={total} onAll={chooseAll} />
      {menu && (
        <DomainMenu
          key={`${menu.domain.domain} ${menu.at.x} ${menu.at.y}`}
          place={menu}
          chosen={chosen}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  )
}
