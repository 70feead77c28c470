import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { DataGrid } from '../../shared/DataGrid'
import { Filter } from '../../shared/Filter'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { returnFocus } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { hasReasons, useRowColumns } from './columns'
import { RowDetail } from './RowDetail'
import type { countOf, Row, RowState } from './rowState'

const route = getRouteApi('/tenants/csv')
const GIVEN: Sort = { column: 'line', desc: false }
const keyOf = ({ check }: Row) => String(check.line)
const testIdOf = ({ check }: Row) => `csv-row-${check.line}`
const heightOf = (row: Row) => (hasReasons(row) ? 48 : 32)

const BEFORE = ['new', 'exists', 'bad'] as const satisfies RowState[]
const AFTER = ['created', 'failed', 'waiting', 'exists', 'bad'] as const satisfies RowState[]

type Props = { rows: Row[]; counts: ReturnType<typeof countOf>; isChecking: boolean; hasJob: boolean }

/** Every row of the file with its verdict, and which of them are shown. */
export function RowList({ rows, counts, isChecking, hasJob }: Props) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useRowColumns()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { show, line } = search
  const states: readonly RowState[] = hasJob ? AFTER : BEFORE
  const wanted = needle(text)
  const match = useMemo(() => matching(wanted, show), [wanted, show])
  const shown = useMemo(() => (match ? rows.filter(match).length : rows.length), [rows, match])
  const open = useMemo(() => rows.find(({ check }) => check.line === line), [rows, line])
  const onOpen = useCallback(
    ({ check }: Row) => void navigate({ search: (old) => ({ ...old, line: check.line }), replace: true }),
    [navigate],
  )
  const close = () => {
    void navigate({ search: ({ line: _, ...old }) => old, replace: true })
    returnFocus()
  }
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, show: undefined }) })
  }
  const options = [
    { id: 'all', text: t('many.filter.all', { count: rows.length }) },
    ...states.map((state) => ({ id: state as string, text: t(`many.filter.${state}`, { count: counts[state] }) })),
  ]
  const title = t(hasJob ? 'many.rows.done' : 'many.rows')
  return (
    // Escape closes the row before it closes the screen.
    <section
      className="many-rows"
      aria-label={title}
      aria-busy={isChecking}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      data-testid="csv-rows"
    >
      <div className="toolbar many-filter">
        <SearchField label={t('many.search')} value={text} onChange={setText} />
        <Filter
          label={t('many.filter')}
          options={options}
          value={show ?? 'all'}
          onChange={(id) => void navigate({ search: (old) => ({ ...old, show: states.find((of) => of === id) }) })}
        />
        <span className="toolbar-count" role="status" data-testid="csv-checking">
          {isChecking && t('many.checking', { count: rows.length })}
        </span>
      </div>
      <div className={open ? 'many-split open' : 'many-split'}>
        <div className={isChecking ? 'list-body many-table stale' : 'list-body many-table'}>
          {shown === 0 ? (
            <NoMatch query={text} text={t(text ? 'many.nomatch' : 'many.nomatch.state')} onClear={clear} />
          ) : (
            <DataGrid
              label={title}
              rows={rows}
              columns={columns}
              rowKey={keyOf}
              rowTestId={testIdOf}
              rowHeight={heightOf}
              match={match}
              selected={line === undefined ? undefined : String(line)}
              onOpen={onOpen}
              sort={readSort(search, GIVEN)}
              given={GIVEN}
              onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
            />
          )}
        </div>
        {open && <RowDetail row={open} onClose={close} />}
      </div>
    </section>
  )
}

function matching(wanted: string, show: RowState | undefined) {
  if (!wanted && !show) return null
  return ({ check: { name, subject }, state }: Row) =>
    (!show || state === show) && (!wanted || `${name}\n${subject}`.toLowerCase().includes(wanted))
}
