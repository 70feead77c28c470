import { Radar } from 'lucide-react'
import { call, commands, type DomainLook } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Progress } from '../../../shared/Progress'
import { useTask } from '../../../shared/tasks'
import { useText } from '../../../shared/text'

/** Asks the world about a domain, now. */
export function CheckNow({ domain, isNew }: { domain: string; isNew: boolean }) {
  const { t } = useText()
  const task = useTask<DomainLook[]>(`look ${domain}`)
  if (task.status === 'running') {
    return (
      <div className="world-checking" data-testid="check-progress">
        <Progress task={task} label={t('world.checking', { domain })} />
        <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
          {t(task.cancelling ? 'task.cancelling' : 'world.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Button
        variant={isNew ? 'primary' : 'plain'}
        icon={<Radar size={14} />}
        onPress={() => void task.start((id, progress) => call(commands.checkDomains(id, [domain], progress)))}
        data-testid="check-now"
      >
        {t('world.check')}
      </Button>
      {task.status === 'failed' && (
        <div className="world-error">
          <ErrorView error={task.error} />
        </div>
      )}
    </>
  )
}
