import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { MasterAtom, MasterCatalog } from '../../../ipc/client'
import { DataGrid } from '../../../shared/DataGrid'
import { needle } from '../../../shared/format'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { SearchField } from '../../../shared/SearchField'
import { NoMatch } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useSearchText } from '../../../shared/useSearchText'
import { CategorySelect } from '../CategorySelect'
import { useAtomColumns } from '../columns'
import { MasterTools } from './MasterTools'
import { textOf } from './versions'

const route = getRouteApi('/catalog')
const GIVEN: Sort = { column: 'category', desc: false }
const keyOf = (atom: MasterAtom) => atom.slug
const testIdOf = (atom: MasterAtom) => `atom-row-${atom.slug}`
/** Panes that are about the atom that is open. */
const OF_ATOM = ['edit', 'retire', undefined]

/** The atoms of the master catalog, to be found and opened. */
export function AtomList({ catalog }: { catalog: MasterCatalog }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { category } = search
  const match = useMemo(() => matching(needle(text), category), [text, category])
  const { atoms } = catalog
  const shown = useMemo(() => (match ? atoms.filter(match).length : atoms.length), [atoms, match])
  const columns = useAtomColumns()
  const onOpen = useCallback(
    ({ slug }: MasterAtom) =>
      void navigate({ search: ({ panel: _, way: __, to: ___, ...old }) => ({ ...old, atom: slug }) }),
    [navigate],
  )
  const count = atoms.length
  const choose = (next: string | undefined) => void navigate({ search: (old) => ({ ...old, category: next }) })
  const clear = () => {
    setText('')
    void navigate({ search: (old) => ({ ...old, q: undefined, category: undefined }) })
  }
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('catalog.search')} value={text} onChange={setText} />
        <CategorySelect catalog={catalog} value={category} onChange={choose} />
        <span className="toolbar-count spare" role="status">
          {shown === count ? t('catalog.count', { count }) : t('catalog.count.match', { match: shown, count })}
        </span>
        <span className="grow" />
        <MasterTools />
      </div>
      <div className="list-body">
        {shown === 0 ? (
          <NoMatch query={text} text={t('catalog.nomatch')} onClear={clear} />
        ) : (
          <DataGrid
            label={t('catalog.grid')}
            rows={atoms}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={OF_ATOM.includes(search.panel) ? search.atom : undefined}
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

function matching(wanted: string, category: string | undefined) {
  if (!wanted && !category) return null
  return (atom: MasterAtom) => (!category || atom.category === category) && textOf(atom).includes(wanted)
}
