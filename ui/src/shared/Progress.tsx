import './progress.css'
import type { ReactNode } from 'react'
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
  return <Bar label={label} done={done} total={total} words={words} isKnown={total > 0} />
}

type BarProps = {
  label: ReactNode
  done: number
  total: number
  words?: string
  isKnown?: boolean
  /** So many of those that are done have failed. */
  failed?: number
  'data-testid'?: string
}

/** So many of so many. */
export function Bar({ label, done, total, words, isKnown = true, failed = 0, ...rest }: BarProps) {
  const { t, number } = useText()
  const said = words ?? t('task.item', { done: number(done), total: number(total) })
  const share = (100 * failed) / Math.max(total, 1)
  return (
    <ProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(total, 1)}
      isIndeterminate={!isKnown}
      valueLabel={said}
      data-testid={rest['data-testid'] ?? 'task-progress'}
    >
      {({ percentage }) => (
        <>
          <div className="progress-words">
            <Label>{label}</Label>
            <bdi className="muted cut">{said}</bdi>
          </div>
          <div className="progress-track">
            <div className="progress-fill" style={{ width: `${(percentage ?? 0) - share}%` }} />
            {failed > 0 && <div className="progress-fill failed" style={{ width: `${share}%` }} />}
          </div>
        </>
      )}
    </ProgressBar>
  )
}
