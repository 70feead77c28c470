import '../fleet/fleet.css'
import './sync.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tags } from 'lucide-react'
import type { FleetState } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Loaded } from '../../../shared/Loaded'
import { Split } from '../../../shared/Pane'
import { Progress } from '../../../shared/Progress'
import { Empty } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { CatalogFrame } from '../CatalogFrame'
import { useFleet } from '../fleet/api'
import { SyncForm } from './SyncForm'
import { SyncPane } from './SyncPane'
import { SyncStart } from './SyncStart'
import { SyncTable } from './SyncTable'
import { useMeant, useSync } from './useSync'

const route = getRouteApi('/catalog/fleet/sync')

/** Bringing one, some or all tenants to a release: what it comes to for each, what is to be decided, and then a job. */
export function SyncScreen() {
  const { t } = useText()
  const { release } = route.useSearch()
  const fleet = useFleet(release)
  return (
    <CatalogFrame>
      <Loaded query={fleet}>
        {(data) =>
          data.release === null ? (
            <Empty
              title={t('releases.empty')}
              art={<Tags size={24} strokeWidth={1.5} />}
              actions={
                <Link to="/catalog/releases" className="button plain">
                  {t('fleet.releases')}
                </Link>
              }
            >
              {t('sync.empty.text')}
            </Empty>
          ) : (
            <Sync fleet={data} newest={data.release} />
          )
        }
      </Loaded>
    </CatalogFrame>
  )
}

function Sync({ fleet, newest }: { fleet: FleetState; newest: number }) {
  const { t } = useText()
  const search = route.useSearch()
  const schemas = useMeant(fleet, search)
  const sync = useSync(schemas, search)
  const { task, how, tenants, draft } = sync
  const open = tenants.find(({ schema }) => schema === search.tenant)
  const list = (
    <>
      <SyncForm fleet={fleet} schemas={schemas} newest={newest} sync={sync} />
      {content()}
    </>
  )
  return (
    <Split
      label={t('sync.title')}
      list={list}
      pane={how && open ? <SyncPane key={open.schema} how={how} tenant={open} draft={draft} fleet={fleet} /> : null}
    />
  )

  function content() {
    if (schemas?.length === 0) {
      return (
        <Empty
          title={t('sync.nobody')}
          actions={
            <Link to="/catalog/fleet" className="button plain">
              {t('sync.fleet')}
            </Link>
          }
        />
      )
    }
    if (task.status === 'running') {
      return (
        <div className="state" data-testid="sync-progress">
          <div className="sync-progress">
            <Progress task={task} label={t('running.sync')} />
            <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
              {t(task.cancelling ? 'task.cancelling' : 'plan.cancel')}
            </Button>
          </div>
        </div>
      )
    }
    if (task.status === 'failed' && sync.isAsked) {
      return (
        <div className="pane-section">
          <ErrorView error={task.error} onRetry={sync.start} />
        </div>
      )
    }
    if (!how) return <Empty title={t('sync.preview.first')}>{t('sync.preview.text')}</Empty>
    return (
      <>
        <SyncTable tenants={tenants} fleet={fleet} />
        <SyncStart how={how} tenants={tenants} draft={draft} fleet={fleet} />
      </>
    )
  }
}
