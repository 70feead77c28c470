import './fleet.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tags } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { FleetState } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Loaded } from '../../../shared/Loaded'
import { Split } from '../../../shared/Pane'
import { Empty, Loading } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { CatalogFrame } from '../CatalogFrame'
import { useFleet } from './api'
import { ClashNotice } from './ClashNotice'
import { ClashPane } from './ClashPane'
import { Comparison } from './Comparison'
import { CopyPane } from './CopyPane'
import { FleetTable } from './FleetTable'
import { FleetTools } from './FleetTools'

const route = getRouteApi('/catalog/fleet')
const HeatMap = lazy(() => import('./heat/HeatMapView').then((module) => ({ default: module.HeatMapView })))
/** Charts weigh as much as all the rest, and few look at them each day. */
const Pictures = lazy(() => import('./pictures/Pictures').then((module) => ({ default: module.Pictures })))

/** How far every tenant's copy of the catalog is, seen from a release. */
export function FleetScreen() {
  const { t } = useText()
  const { release, tenant, panel, atom } = route.useSearch()
  const fleet = useFleet(release)
  const list =
    fleet.error && release !== undefined ? (
      <Unseen error={fleet.error} />
    ) : (
      <Loaded query={fleet}>{(data) => (data.release === null ? <NoRelease /> : <Fleet fleet={data} />)}</Loaded>
    )
  return (
    <CatalogFrame>
      <Split label={t('fleet.title')} list={list} pane={pane()} />
    </CatalogFrame>
  )

  function pane() {
    if (!fleet.data || fleet.data.release === null) return null
    if (panel === 'clashes') return <ClashPane fleet={fleet.data} />
    return tenant ? <CopyPane key={`${tenant} ${atom}`} schema={tenant} fleet={fleet.data} /> : null
  }
}

function Fleet({ fleet }: { fleet: FleetState }) {
  const { view } = route.useSearch()
  return (
    <>
      <FleetTools fleet={fleet} />
      <Comparison />
      <ClashNotice clashes={fleet.clashes} />
      <Suspense fallback={<Loading />}>
        {view === 'heat' ? (
          <HeatMap fleet={fleet} />
        ) : view === 'pictures' ? (
          <Pictures fleet={fleet} />
        ) : (
          <FleetTable fleet={fleet} />
        )}
      </Suspense>
    </>
  )
}

/** The release in the route may not be there: the newest is. */
function Unseen({ error }: { error: unknown }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const newest = () => void navigate({ search: ({ release: _, ...old }) => old, replace: true })
  return (
    <div className="pane-section">
      <ErrorView error={error} actions={<Button onPress={newest}>{t('fleet.from.newest.open')}</Button>} />
    </div>
  )
}

function NoRelease() {
  const { t } = useText()
  return (
    <Empty
      title={t('releases.empty')}
      art={<Tags size={24} strokeWidth={1.5} />}
      actions={
        <Link to="/catalog/releases" className="button plain">
          {t('fleet.releases')}
        </Link>
      }
    >
      {t('fleet.empty.text')}
    </Empty>
  )
}
