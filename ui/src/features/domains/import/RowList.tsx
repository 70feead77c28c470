import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { DataGrid } from '../../../shared/DataGrid'
import { Filter } from '../../../shared/Filter'
import { needle } from '../../../shared/format'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { returnFocus } from '../../../shared/Pane'
import { SearchField } from '../../../shared/SearchField'
import { NoMatch } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useSearchText } from '../../../shared/useSearchText'
import { useImportColumns } from './columns'
import type { Draft } from './draft'
import { RowDetail } from './RowDetail'
import { IMPORT_STATES, type ImportState, type Row } from './rowState'

const route = getRouteApi('/domains/import')
const GIVEN: Sort = { column: 'line', desc: false }
const keyOf = ({ place }: Row) => String(place)
const testIdOf = ({ place }: Row) => `import-row-${place}`
const heightOf = ({ state }: Row) => (state === 'new' || state === 'same' ? 32 : 44)

type Props = { rows: Row[]; counts: Map<ImportState, number>; draft: Draft; isChecking: boolean }

/** Every row with its verdict, and which of them are shown. */
export function RowList({ rows, counts, draft, isChecking }: Props) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useImportColumns()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { show, row: at } = search
  const wanted = needle(text)
  const match = useMemo(() => matching(wanted, show), [wanted, show])
  const shown = useMemo(() => (match ? rows.filter(match).length : rows.length), [rows, match])
  const open = useMemo(() => rows.find(({ place }) => place === at), [rows, at])
  const onOpen = useCallback(
    ({ place }: Row) => void navigate({ search: (old) => ({ ...old, row: place }), replace: true }),
    [navigate],
  )
  const close = () => {
    void navigate({ search: ({ row: _, ...old }) => old, replace: true })
    returnFocus()
  }
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  const options = [
    { id: 'all', text: t('import.filter.all', { count: rows.length }) },
    // A state that nobody is in stays while it is the one that is shown.
    ...IMPORT_STATES.filter((state) => counts.has(state) || state === show).map((state) => ({
      id: state as string,
      text: t(`import.filter.${state}`, { count: counts.get(state) ?? 0 }),
    })),
  ]
  return (
    // Escape closes the row before it closes the screen.
    <section
      className="import-rows"
      aria-label={t('import.list')}
      aria-busy={isChecking}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      data-testid="import-rows"
    >
      <div className="toolbar import-filter">
        <SearchField label={t('import.search')} value={text} onChange={setText} />
        <Filter
          label={t('import.filter')}
          options={options}
          value={show ?? 'all'}
          onChange={(id) =>
            void navigate({ search: (old) => ({ ...old, show: IMPORT_STATES.find((state) => state === id) }) })
          }
        />
        <span className="hidden-visually" role="status" data-testid="import-checking">
          {isChecking && t('import.checking', { count: rows.length })}
        </span>
      </div>
      <div className={open ? 'import-split open' : 'import-split'}>
        <div className={isChecking ? 'list-body import-table stale' : 'list-body import-table'}>
          {shown === 0 ? (
            <NoMatch query={text} text={t(text ? 'import.nomatch' : 'import.nomatch.state')} onClear={clear} />
          ) : (
            <DataGrid
              label={t('import.list')}
              rows={rows}
              columns={columns}
              rowKey={keyOf}
              rowTestId={testIdOf}
              rowHeight={heightOf}
              match={match}
              selected={at === undefined ? undefined : String(at)}
              onOpen={onOpen}
              sort={readSort(search, GIVEN)}
              given={GIVEN}
              onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
            />
          )}
        </div>
        {open && <RowDetail key={open.place} row={open} draft={draft} onClose={close} />}
      </div>
    </section>
  )
}

function matching(wanted: string, show: ImportState | undefined) {
  if (!wanted && !show) return null
  return ({ check: { input, name, tenant }, asked, state }: Row) =>
    (!show || state === show) &&
    (!wanted ||
      [input, name?.stored, name?.unicode, asked.tenant, tenant?.name].some((text) =>
        text?.toLowerCase().includes(wanted),
      ))
}
