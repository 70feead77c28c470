import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Entry } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { Empty, NoMatch } from '../../shared/states'
import { type Text, useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { useJournal } from './api'
import { useEntryColumns } from './columns'
import { EntryPane } from './EntryPane'
import { kindText } from './kind'

const route = getRouteApi('/journal')
const GIVEN: Sort = { column: 'seq', desc: true }

/** Everything that was written: who, when, what. */
export function JournalScreen() {
  const { t } = useText()
  const { entry } = route.useSearch()
  const journal = useJournal()
  const list = (
    <Loaded query={journal}>
      {(data) =>
        data.length === 0 ? (
          <Empty title={t('journal.empty')}>{t('journal.empty.text')}</Empty>
        ) : (
          <EntryList entries={data} />
        )
      }
    </Loaded>
  )
  return (
    <Split
      label={t('nav.journal')}
      list={list}
      pane={journal.data && entry !== undefined ? <EntryPane key={entry} seq={entry} entries={journal.data} /> : null}
    />
  )
}

const keyOf = (entry: Entry) => entry.id
const testIdOf = (entry: Entry) => `journal-row-${entry.seq}`

function EntryList({ entries }: { entries: Entry[] }) {
  const text = useText()
  const { t } = text
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [query, setQuery] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const match = useMemo(() => matching(needle(query), text), [query, text])
  const count = entries.length
  const shown = useMemo(() => (match ? entries.filter(match).length : count), [entries, match, count])
  const columns = useEntryColumns()
  const onOpen = useCallback(
    ({ seq }: Entry) => void navigate({ search: (old) => ({ ...old, entry: seq }) }),
    [navigate],
  )
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('journal.search')} value={query} onChange={setQuery} />
        <span className="toolbar-count" role="status">
          {shown === count ? t('journal.count', { count }) : t('journal.count.match', { match: shown, count })}
        </span>
      </div>
      <div className="list-body">
        {shown === 0 ? (
          <NoMatch query={query} text={t('journal.nomatch')} onClear={() => setQuery('')} />
        ) : (
          <DataGrid
            label={t('journal.grid')}
            rows={entries}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={entries.find(({ seq }) => seq === search.entry)?.id}
            onOpen={onOpen}
            sort={readSort(search, GIVEN)}
            given={GIVEN}
            onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
          />
        )}
      </div>
    </>
  )
}

function matching(wanted: string, text: Text) {
  if (!wanted) return null
  return ({ subject, kind, actor, origin }: Entry) =>
    `${subject}\n${kind}\n${kindText(text, kind)}\n${actor}\n${origin}`.toLowerCase().includes(wanted)
}
