import './catalog.css'
import { getRouteApi } from '@tanstack/react-router'
import type { MasterCatalog } from '../../ipc/client'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { AtomPane } from './AtomPane'
import { useMaster } from './api'
import { CatalogFrame } from './CatalogFrame'
import { ImportPane } from './ImportPane'
import { AtomForm } from './master/AtomForm'
import { AtomList } from './master/AtomList'
import { CategoriesPane } from './master/CategoriesPane'
import { MasterTools } from './master/MasterTools'
import { RetirePane } from './master/RetirePane'

const route = getRouteApi('/catalog')

/** The master catalog: what releases are made of. */
export function CatalogScreen() {
  const { t } = useText()
  const master = useMaster()
  const list = (
    <Loaded query={master}>
      {(data) =>
        data.atoms.length === 0 ? (
          <Empty title={t('catalog.empty')} actions={<MasterTools isEmpty />}>
            {t('catalog.empty.text')}
          </Empty>
        ) : (
          <AtomList catalog={data} />
        )
      }
    </Loaded>
  )
  const pane = usePane(master.data)
  return (
    <CatalogFrame>
      <Split label={t('nav.catalog')} list={list} pane={pane} />
    </CatalogFrame>
  )
}

function usePane(catalog: MasterCatalog | undefined) {
  const { panel, atom: slug } = route.useSearch()
  if (panel === 'import') return <ImportPane />
  if (!catalog) return null
  if (panel === 'new') return <AtomForm key="new" atom={null} catalog={catalog} />
  if (panel === 'categories') return <CategoriesPane catalog={catalog} />
  if (slug === undefined) return null
  if (panel === 'retire') return <RetirePane key={slug} slug={slug} catalog={catalog} />
  const atom = catalog.atoms.find((known) => known.slug === slug)
  if (panel === 'edit' && atom) return <AtomForm key={slug} atom={atom} catalog={catalog} />
  return <AtomPane key={slug} slug={slug} atom={atom} />
}
