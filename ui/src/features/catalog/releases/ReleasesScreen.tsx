import './releases.css'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Loaded } from '../../../shared/Loaded'
import { Split } from '../../../shared/Pane'
import { Loading } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useReleases } from '../api'
import { CatalogFrame } from '../CatalogFrame'
import { MakeReleasePane } from './MakeReleasePane'
import { ReleaseList } from './ReleaseList'
import { ReleasePane } from './ReleasePane'

const route = getRouteApi('/catalog/releases')
const Difference = lazy(() => import('./Difference').then((module) => ({ default: module.Difference })))

/** What was released of the master catalog, and in what any two releases differ. */
export function ReleasesScreen() {
  const { t } = useText()
  const { before, after, release, panel } = route.useSearch()
  const releases = useReleases()
  return <CatalogFrame>{content()}</CatalogFrame>

  function content() {
    if (before !== undefined && after !== undefined) {
      return (
        <Suspense fallback={<Loading />}>
          <Difference before={before} after={after} />
        </Suspense>
      )
    }
    const list = <Loaded query={releases}>{(data) => <ReleaseList all={data} />}</Loaded>
    return <Split label={t('releases.title')} list={list} pane={pane()} />
  }

  function pane() {
    if (!releases.data) return null
    if (panel) return <MakeReleasePane newest={releases.data.releases[0]?.number ?? 0} />
    return release === undefined ? null : <ReleasePane key={release} number={release} all={releases.data} />
  }
}
