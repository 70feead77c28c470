import type { Job } from '../../ipc/client'
import { Bar } from '../../shared/Progress'
import { type Text, useText } from '../../shared/text'
import { isCheck } from './isCheck'
import { doneWords } from './JobMeter'
import { timeLeft } from './timeLeft'

/** How far a job is, and where it stands when it does not run. */
export function JobWords({ job }: { job: Job }) {
  const text = useText()
  const { done, failed, total, state } = job
  return (
    <>
      <Bar
        label={doneWords(text, job)}
        done={done + failed}
        failed={failed}
        total={total}
        words={state === 'running' ? (timeLeft(text, job) ?? '') : ''}
        data-testid="job-progress"
      />
      {state !== 'running' && <p data-testid="job-words">{words(text, job)}</p>}
    </>
  )
}

/** Where a job that does not run stands, in a sentence: what is done stays done. */
function words({ t }: Text, job: Job): string {
  const { state, done, failed, total } = job
  const count = total - done - failed
  switch (state) {
    case 'running':
      return ''
    case 'paused':
      return t(isCheck(job) ? 'checks.paused.text' : 'jobs.paused.text', { count })
    case 'cancelled':
      if (isCheck(job)) return t('checks.cancelled.text', { done })
      return `${t('jobs.cancelled.text', { done })} ${t('jobs.left.items', { count })}`
    case 'finished':
      return t(isCheck(job) ? 'checks.finished.text' : 'jobs.finished.text', { done, failed })
  }
}
