import './plan.css'
import type { Applied, Plan } from '../../ipc/client'
import { Blockers } from '../../shared/Blockers'
import { Notice } from '../../shared/Notice'
import { Spinner } from '../../shared/Spinner'
import type { Task } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { ChangeList, type Step } from './ChangeList'
import { FindingList } from './FindingList'

/** A plan as it is read before it is applied, and while it is. */
export function PlanView({ plan, task }: { plan: Plan; task: Task<Applied> }) {
  const { t } = useText()
  const { changes, findings } = plan
  const running = task.status === 'running'
  return (
    <div className="plan" data-testid="plan">
      {changes.length === 0 && (
        <Notice tone="note" title={t('plan.nothing')} data-testid="plan-nothing">
          <p>{t('plan.nothing.text')}</p>
        </Notice>
      )}
      {findings.length > 0 && (
        <section>
          <h3 className="plan-heading">{t('plan.findings')}</h3>
          <FindingList findings={findings} />
        </section>
      )}
      {changes.length > 0 && (
        <section>
          <h3 className="plan-heading">
            {t(task.status === 'done' ? 'plan.title.done' : 'plan.title')}{' '}
            <span className="muted">{t('plan.count', { count: changes.length })}</span>
          </h3>
          <ChangeList changes={changes} step={stepOf(task)} />
        </section>
      )}
      {running && <Where task={task} total={changes.length} />}
    </div>
  )
}

/** How far the changes are, if they are under way or done. */
function stepOf({ status, progress }: Task<Applied>): ((index: number) => Step) | undefined {
  if (status === 'done') return () => 'done'
  if (status !== 'running') return undefined
  if (progress?.progress === 'committing') return () => 'done'
  const at = progress?.progress === 'change' || progress?.progress === 'rows' ? progress.index : -1
  return (index) => (index < at ? 'done' : index === at ? 'doing' : 'waiting')
}

function Where({ task, total }: { task: Task<Applied>; total: number }) {
  const { t, rich, number } = useText()
  return (
    <p className="task-line" role="status" data-testid="task-progress">
      <Spinner small />
      <span className="wrap">{words()}</span>
    </p>
  )

  function words() {
    if (task.cancelling) return t('task.cancelling')
    if (task.waiting) {
      const { attempt, blockers } = task.waiting
      return rich('task.waiting', { attempt, blockers: <Blockers blockers={blockers} /> })
    }
    if (task.progress?.progress === 'committing') return t('task.committing')
    if (task.progress?.progress === 'change') return t('task.change', { step: task.progress.index + 1, total })
    if (task.progress?.progress === 'rows') {
      return t('task.rows', { done: number(task.progress.done), total: number(task.progress.total) })
    }
    return t('task.starting')
  }
}
