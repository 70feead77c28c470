import { getRouteApi } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { TrashedTenant } from '../../ipc/client'
import { DataGrid } from '../../shared/DataGrid'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { SearchField } from '../../shared/SearchField'
import { Empty, NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { ShowFilter } from './ShowFilter'
import { useTrashColumns } from './trashColumns'

const route = getRouteApi('/tenants')
const GIVEN: Sort = { column: 'when', desc: true }
const keyOf = ({ trash }: TrashedTenant) => trash
const testIdOf = ({ schema }: TrashedTenant) => `trash-row-${schema}`

/** The deleted tenants, the last one first. */
export function TrashList({ trash }: { trash: TrashedTenant[] }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const match = useMemo(() => matching(needle(text)), [text])
  const shown = useMemo(() => (match ? trash.filter(match).length : trash.length), [trash, match])
  const columns = useTrashColumns()
  const count = trash.length
  const onOpen = useCallback(
    ({ trash: name }: TrashedTenant) =>
      void navigate({ search: ({ panel: _, step: __, ...old }) => ({ ...old, trash: name }) }),
    [navigate],
  )
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('trash.search')} value={text} onChange={setText} />
        <ShowFilter deleted={count} />
        <span className="toolbar-count" role="status">
          {shown === count ? t('trash.count', { count }) : t('trash.count.match', { match: shown, count })}
        </span>
      </div>
      <div className="list-body">
        {count === 0 ? (
          <Empty title={t('trash.empty')} art={<Trash2 size={24} strokeWidth={1.5} />}>
            {t('trash.empty.text')}
          </Empty>
        ) : shown === 0 ? (
          <NoMatch query={text} text={t('trash.nomatch')} onClear={() => setText('')} />
        ) : (
          <DataGrid
            label={t('trash.grid')}
            rows={trash}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.trash}
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

function matching(wanted: string) {
  if (!wanted) return null
  return ({ name, schema, domains }: TrashedTenant) =>
    `${name}\n${schema}\n${domains.join('\n')}`.toLowerCase().includes(wanted)
}
