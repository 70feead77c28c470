import { getRouteApi, Link } from '@tanstack/react-router'
import { RefreshCw, ScanSearch } from 'lucide-react'
import type { FleetState } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Filter } from '../../../shared/Filter'
import { useText } from '../../../shared/text'
import { ReleaseSelect } from '../ReleaseSelect'
import { useComparison } from './api'

const route = getRouteApi('/catalog/fleet')
const VIEWS = ['table', 'heat', 'pictures'] as const

/** How the fleet is looked at, from where, and what is done with all of it. */
export function FleetTools({ fleet }: { fleet: FleetState }) {
  const { t } = useText()
  const { view, release } = route.useSearch()
  const navigate = route.useNavigate()
  const { task, compare } = useComparison(release)
  return (
    <div className="toolbar fleet-tools">
      <Filter
        label={t('fleet.view')}
        options={VIEWS.map((id) => ({ id, text: t(`fleet.view.${id}`) }))}
        value={view ?? 'table'}
        onChange={(id) =>
          void navigate({
            search: ({ sort: _, dir: __, ...old }) => ({ ...old, view: id === 'table' ? undefined : (id as 'heat') }),
          })
        }
      />
      <span className="labelled">
        <span className="muted">{t('fleet.from')}</span>
        <ReleaseSelect
          label={t('fleet.from')}
          none={t('fleet.from.newest', { number: fleet.release ?? 0 })}
          value={release}
          onChange={(chosen) => void navigate({ search: (old) => ({ ...old, release: chosen }) })}
          data-testid="fleet-release"
        />
      </span>
      <span className="grow" />
      <Button
        icon={<ScanSearch size={14} />}
        aria-label={t('fleet.compare')}
        isDisabled={task.status === 'running'}
        onPress={() => compare(null)}
        data-testid="compare-all"
      >
        {t('fleet.compare')}
      </Button>
      <Link
        to="/catalog/fleet/sync"
        search={{ release }}
        className="button plain"
        aria-label={t('fleet.sync')}
        data-testid="sync-open"
      >
        <RefreshCw size={14} aria-hidden />
        <span className="button-text">{t('fleet.sync')}</span>
      </Link>
    </div>
  )
}
