import './catalog.css'
import { getRouteApi } from '@tanstack/react-router'
import { Download, RefreshCw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { MasterAtom, MasterCatalog } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { DataGrid } from '../../shared/DataGrid'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { SearchField } from '../../shared/SearchField'
import { Empty, NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { AtomPane } from './AtomPane'
import { useMaster } from './api'
import { CategorySelect } from './CategorySelect'
import { useAtomColumns } from './columns'
import { ImportPane } from './ImportPane'
import { SyncPane } from './SyncPane'

const route = getRouteApi('/catalog')
const GIVEN: Sort = { column: 'category', desc: false }

/** The master catalog: what new tenants start with and older ones are brought up to. */
export function CatalogScreen() {
  const { t } = useText()
  const { panel, atom } = route.useSearch()
  const master = useMaster()
  const actions = useActions()
  const list = (
    <Loaded query={master}>
      {(data) =>
        data.atoms.length === 0 ? (
          <Empty title={t('catalog.empty')} actions={actions.importAtoms}>
            {t('catalog.empty.text')}
          </Empty>
        ) : (
          <AtomList catalog={data} actions={actions} />
        )
      }
    </Loaded>
  )
  return <Split label={t('nav.catalog')} list={list} pane={pane()} />

  function pane() {
    if (panel === 'import') return <ImportPane />
    if (panel === 'sync') return <SyncPane />
    return atom && master.data ? <AtomPane key={atom} slug={atom} catalog={master.data} /> : null
  }
}

function useActions() {
  const { t } = useText()
  const navigate = route.useNavigate()
  const open = (panel: 'import' | 'sync') => () => void navigate({ search: (old) => ({ ...old, panel }) })
  return {
    importAtoms: (
      <Button icon={<Download size={14} />} onPress={open('import')} data-testid="catalog-import">
        {t('catalog.import')}
      </Button>
    ),
    sync: (
      <Button icon={<RefreshCw size={14} />} onPress={open('sync')} data-testid="catalog-sync">
        {t('catalog.sync')}
      </Button>
    ),
  }
}

const keyOf = (atom: MasterAtom) => atom.slug
const testIdOf = (atom: MasterAtom) => `atom-row-${atom.slug}`

function AtomList({ catalog, actions }: { catalog: MasterCatalog; actions: ReturnType<typeof useActions> }) {
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
    ({ slug }: MasterAtom) => void navigate({ search: ({ panel: _, ...old }) => ({ ...old, atom: slug }) }),
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
        {actions.importAtoms}
        {actions.sync}
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
            selected={search.panel ? undefined : search.atom}
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
  return (atom: MasterAtom) => {
    if (category && atom.category !== category) return false
    return `${atom.name}\n${atom.slug}\n${atom.category}`.toLowerCase().includes(wanted)
  }
}
