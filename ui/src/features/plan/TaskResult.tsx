import { type Applied, appError } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import type { Task } from '../../shared/tasks'
import { useText } from '../../shared/text'
import type { Done } from './usePlanFlow'

type Props = {
  task: Task<Applied>
  done?: ((applied: Applied) => Done) | undefined
}

/** What became of a plan: done, cancelled, or refused and why. */
export function TaskResult({ task, done }: Props) {
  const { t } = useText()
  if (task.status === 'failed') {
    const outcome = appError(task.error)?.code === 'cancelled' ? 'cancelled' : 'refused'
    return (
      <div data-testid="task-result" data-outcome={outcome}>
        <ErrorView error={task.error} />
      </div>
    )
  }
  if (!task.result) return null
  const { operation } = task.result
  const said = done?.(task.result)
  return (
    <div data-testid="task-result" data-outcome={operation ? 'done' : 'nothing'}>
      <Notice
        tone={operation ? 'good' : 'note'}
        title={said?.title ?? t(operation ? 'task.done' : 'task.done.nothing')}
        actions={said?.actions}
      >
        {said?.text && <p>{said.text}</p>}
        {operation && <p className="small muted selectable wrap">{t('task.done.journal', { operation })}</p>}
      </Notice>
    </div>
  )
}
