import './progress.css'
import { Label, ProgressBar } from 'react-aria-components'
import type { Task } from './tasks'
import { useText } from './text'

/** How far work over many things is. */
export function Progress({ task, label }: { task: Task<unknown>; label: string }) {
  const { t, number } = useText()
  const { progress } = task
  const total = progress && 'total' in progress ? progress.total : 0
  const done = progress?.progress === 'item' ? progress.index + 1 : progress && 'index' in progress ? progress.index : 0
  const words =
    progress?.progress === 'checking'
      ? t('task.checking', { subject: progress.subject, done: number(progress.index + 1), total: number(total) })
      : total > 0
        ? t('task.item', { done: number(done), total: number(total) })
        : t('task.starting')
  return (
    <ProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(total, 1)}
      isIndeterminate={total === 0}
      valueLabel={words}
      data-testid="task-progress"
    >
      {({ percentage }) => (
        <>
          <div className="progress-words">
            <Label>{label}</Label>
            <bdi className="muted cut">{words}</bdi>
          </div>
          <div className="progress-track">
            <div className="progress-fill" style={{ width: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  )
}
