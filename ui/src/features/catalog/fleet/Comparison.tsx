import { CircleCheck } from 'lucide-react'
import type { FleetState } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Progress } from '../../../shared/Progress'
import { useTask } from '../../../shared/tasks'
import { useText } from '../../../shared/text'

/** A comparison of every row that is under way, or has just ended. */
export function Comparison() {
  const { t } = useText()
  const task = useTask<FleetState>('compare-catalogs')
  if (task.status === 'idle') return null
  const dismiss = (
    <Button variant="quiet" onPress={task.reset} data-testid="compare-close">
      {t('plan.close')}
    </Button>
  )
  return (
    <div className="pane-section fleet-strip" data-testid="comparison">
      {task.status === 'running' ? (
        <>
          <Progress task={task} label={t('running.compare')} />
          <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
            {t(task.cancelling ? 'task.cancelling' : 'plan.cancel')}
          </Button>
        </>
      ) : task.status === 'failed' ? (
        <ErrorView error={task.error} actions={dismiss} />
      ) : (
        <>
          <p className="badge good grow" role="status">
            <CircleCheck size={14} aria-hidden />
            {t('fleet.compared', { count: (task.about as number | null) ?? compared(task.result) })}
          </p>
          {dismiss}
        </>
      )}
    </div>
  )
}

const compared = (fleet: FleetState | null) => fleet?.tenants.filter(({ release }) => release !== null).length ?? 0
