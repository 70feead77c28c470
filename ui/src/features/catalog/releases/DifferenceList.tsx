import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { DIFFERENCES, type DifferenceKind } from '../../../app/search'
import type { RowDifference } from '../../../ipc/client'
import { DataGrid } from '../../../shared/DataGrid'
import { Filter } from '../../../shared/Filter'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { SearchField } from '../../../shared/SearchField'
import { Empty, NoMatch } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useSearchText } from '../../../shared/useSearchText'
import { rowId } from '../../plan/rows'
import { haystack } from '../rows/rowWords'
import { type FieldRow, fieldRowsOf, useFieldColumns, useSentenceColumns } from './differenceColumns'

const route = getRouteApi('/catalog/releases')
const GIVEN: Sort = { column: 'row', desc: false }
const keyOf = ({ row }: RowDifference) => rowId(row)
const testIdOf = ({ row: { key, version } }: RowDifference) => `difference-${key}${version ? `-${version}` : ''}`
const fieldKeyOf = ({ row, field }: FieldRow) => `${rowId(row)}\n${field}`

/** Every row in which two releases differ: a sentence each, or as a table with a line a field. */
export function DifferenceList({ rows }: { rows: RowDifference[] }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { kind, as = 'words' } = search
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return rows.filter((row) => (!kind || row.kind === kind) && (!wanted || haystack(row).includes(wanted)))
  }, [rows, kind, text])
  const fields = useMemo(() => (as === 'table' ? fieldRowsOf(shown) : []), [as, shown])
  const [sentences, columns] = [useSentenceColumns(), useFieldColumns()]
  const open = useCallback(
    ({ row }: Pick<RowDifference, 'row'>) => void navigate({ search: (old) => ({ ...old, row: rowId(row) }) }),
    [navigate],
  )
  if (rows.length === 0) {
    return <Empty title={t('difference.none')} art={<CircleCheck size={24} strokeWidth={1.5} />} />
  }
  const countOf = (id?: DifferenceKind) => rows.filter((row) => row.kind === id).length
  const options = [
    { id: 'all', text: t('difference.kind.all', { count: rows.length }) },
    ...DIFFERENCES.map((id) => ({ id, text: t(`difference.kind.${id}`, { count: countOf(id) }) })),
  ]
  const sort = readSort(search, GIVEN)
  const common = {
    label: t('difference.grid'),
    onOpen: open,
    sort,
    given: GIVEN,
    onSort: (next: Sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(next, GIVEN) }) }),
  }
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, kind: undefined }) })
  }
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('difference.search')} value={text} onChange={setText} />
        <Filter
          label={t('difference.kind')}
          options={options}
          value={kind ?? 'all'}
          onChange={(id) =>
            void navigate({ search: (old) => ({ ...old, kind: DIFFERENCES.find((known) => known === id) }) })
          }
        />
        <span className="grow" />
        <Filter
          label={t('difference.as')}
          options={[
            { id: 'words', text: t('difference.as.words') },
            { id: 'table', text: t('difference.as.table') },
          ]}
          value={as}
          onChange={(id) =>
            void navigate({
              search: ({ sort: _, dir: __, ...old }) => ({ ...old, as: id === 'table' ? id : undefined }),
            })
          }
        />
      </div>
      <div className="list-body">
        {shown.length === 0 ? (
          <NoMatch query={text} text={t('difference.nomatch')} onClear={clear} />
        ) : as === 'table' ? (
          <DataGrid {...common} rows={fields} columns={columns} rowKey={fieldKeyOf} rowTestId={fieldTestIdOf} />
        ) : (
          <DataGrid
            {...common}
            rows={shown}
            columns={sentences}
            rowKey={keyOf}
            rowTestId={testIdOf}
            selected={search.row}
          />
        )}
      </div>
    </>
  )
}

const fieldTestIdOf = ({ row: { key }, field }: FieldRow) => `difference-${key}-${field}`
