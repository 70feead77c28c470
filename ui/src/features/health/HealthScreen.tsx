import './health.css'
import { getRouteApi } from '@tanstack/react-router'
import { Activity } from 'lucide-react'
import { call, commands, type Health } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Split } from '../../shared/Pane'
import { Progress } from '../../shared/Progress'
import { Empty } from '../../shared/states'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { Export } from './Export'
import { FleetList } from './FleetList'
import { HealthPane } from './HealthPane'
import { Summary } from './Summary'
import { majorityOf } from './words'

const route = getRouteApi('/health')

/** Which tenants are not what the others are, and how much more the server takes. Looked at when somebody asks. */
export function HealthScreen() {
  const { t, time } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const task = useTask<Health>('health')
  const isBusy = task.status === 'running'
  const health = isBusy ? null : task.result
  const run = () => void task.start((id, progress) => call(commands.health(id, null, progress)))
  const button = (
    <Button variant={health ? 'plain' : 'primary'} icon={<Activity size={14} />} onPress={run} data-testid="health-run">
      {t(health ? 'health.run.again' : 'health.run')}
    </Button>
  )
  const chosen = health?.tenants.find(({ schema }) => schema === search.tenant)
  return (
    <Split
      label={t('health.title')}
      list={list()}
      pane={health && chosen ? <HealthPane key={search.tenant} fleet={health} tenant={chosen} /> : null}
    />
  )

  function list() {
    if (isBusy) {
      return (
        <div className="state" data-testid="health-progress">
          <div className="health-progress">
            <Progress task={task} label={t('running.health')} />
            <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
              {t(task.cancelling ? 'task.cancelling' : 'health.cancel')}
            </Button>
          </div>
        </div>
      )
    }
    if (task.status === 'failed') {
      return (
        <div className="pane-section stack">
          <ErrorView error={task.error} />
          <div>{button}</div>
        </div>
      )
    }
    if (!health) {
      return (
        <Empty title={t('health.empty')} art={<Activity size={28} strokeWidth={1.5} />} actions={button}>
          {t('health.empty.text')}
        </Empty>
      )
    }
    const total = health.tenants.length
    const count = majorityOf(health)
    return (
      <div className="health" data-testid="health-result">
        <div className="toolbar">
          <span className="cut">
            {t('health.majority', { all: count === total, count, total })},{' '}
            {t('health.outliers', { count: total - count })}
          </span>
          <span className="toolbar-count spare">{t('health.at', { time: time(health.at) })}</span>
          <span className="grow" />
          <Export />
          {button}
        </div>
        <Summary
          health={health}
          group={search.group}
          onGroup={(group) => void navigate({ search: (old) => ({ ...old, group }) })}
        />
        <FleetList health={health} />
      </div>
    )
  }
}
