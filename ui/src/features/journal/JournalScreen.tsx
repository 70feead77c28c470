import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Entry } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import type { Sort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { Empty, NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { useCheckJournal, useJournal } from './api'
import { ChainButton, ChainState } from './ChainCheck'
import { useEntryColumns } from './columns'
import { EntryPane } from './EntryPane'
import { KindSelect } from './KindSelect'

const route = getRouteApi('/journal')
/** The journal comes in its own order, page by page. */
const GIVEN: Sort = { column: 'seq', desc: true }
const keyOf = (entry: Entry) => entry.id
const testIdOf = (entry: Entry) => `journal-row-${entry.seq}`

/** Everything that was written: who, when, what. The newest first, the older ones as one scrolls. */
export function JournalScreen() {
  const { t } = useText()
  const { entry, operation } = route.useSearch()
  const pane =
    entry !== undefined ? (
      <EntryPane key={entry} of={{ seq: entry }} />
    ) : operation ? (
      <EntryPane key={operation} of={{ operation }} />
    ) : null
  return <Split label={t('nav.journal')} list={<EntryList />} pane={pane} />
}

function EntryList() {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const check = useCheckJournal()
  const [query, setQuery] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const wanted = [search.kind, search.q].filter(Boolean).join(' ')
  const journal = useJournal(wanted)
  const entries = useMemo(() => journal.data?.pages.flat() ?? [], [journal.data])
  const columns = useEntryColumns()
  const onOpen = useCallback(
    ({ seq }: Entry) => void navigate({ search: ({ operation: _, ...old }) => ({ ...old, entry: seq }) }),
    [navigate],
  )
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = journal
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const clear = () => {
    setQuery('')
    void navigate({ search: (old) => ({ ...old, q: undefined, kind: undefined }) })
  }
  const count = entries.length
  const selected = entries.find(({ seq, id }) => seq === search.entry || id === search.operation)?.id
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('journal.search')} value={query} onChange={setQuery} />
        <KindSelect value={search.kind} onChange={(kind) => void navigate({ search: (old) => ({ ...old, kind }) })} />
        <span className="toolbar-count spare" role="status">
          {t(hasNextPage ? 'journal.count.newest' : 'journal.count', { count })}
        </span>
        <span className="grow" />
        <ChainButton check={check} />
      </div>
      <ChainState check={check} />
      <Loaded query={journal}>
        {() => (
          <div className="list-body">
            {count > 0 ? (
              <DataGrid
                label={t('journal.grid')}
                rows={entries}
                columns={columns}
                rowKey={keyOf}
                rowTestId={testIdOf}
                selected={selected}
                onOpen={onOpen}
                sort={GIVEN}
                given={GIVEN}
                onEnd={onEnd}
              />
            ) : wanted ? (
              <NoMatch query={search.q ?? ''} text={t('journal.nomatch')} onClear={clear} />
            ) : (
              <Empty title={t('journal.empty')}>{t('journal.empty.text')}</Empty>
            )}
          </div>
        )}
      </Loaded>
    </>
  )
}
