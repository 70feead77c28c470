import { getRouteApi, Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { Clash } from '../../../ipc/client'
import { useText } from '../../../shared/text'

const route = getRouteApi('/catalog/fleet')
const NAMED = 3

/** Versions that hold one thing here and another there, by name. */
export function ClashNotice({ clashes }: { clashes: Clash[] }) {
  const { t, rich, list } = useText()
  const { panel } = route.useSearch()
  if (clashes.length === 0 || panel === 'clashes') return null
  const named = clashes.slice(0, NAMED).map(({ slug, version }) => `${slug} ${version}`)
  const rest = clashes.length - named.length
  const names = list(rest > 0 ? [...named, t('change.rest', { count: rest }).replace(/^and /, '')] : named)
  return (
    <p className="pane-section fleet-strip clash" role="status" data-testid="clashes">
      <TriangleAlert size={14} aria-hidden />
      <span className="grow cut">
        {rich('fleet.clashes', { count: clashes.length, names: <bdi className="mono">{names}</bdi> })}
      </span>
      <Link
        from="/catalog/fleet"
        to="/catalog/fleet"
        search={(old) => ({ ...old, panel: 'clashes' as const })}
        data-testid="clashes-open"
      >
        {t('fleet.clashes.open')}
      </Link>
    </p>
  )
}
