import type { Job } from '../../ipc/client'
import { type Text, useText } from '../../shared/text'

/** How far a job is, on one line. */
export function JobMeter({ job }: { job: Job }) {
  const text = useText()
  const { done, failed, total } = job
  const share = (count: number) => `${(100 * count) / Math.max(total, 1)}%`
  return (
    <span className="job-meter">
      <span className="progress-track" aria-hidden>
        <span className="progress-fill" style={{ width: share(done) }} />
        <span className="progress-fill failed" style={{ width: share(failed) }} />
      </span>
      <span className="job-meter-words">{doneWords(text, job)}</span>
    </span>
  )
}

export const doneWords = ({ t }: Text, { done, failed, total }: Job) =>
  t(failed > 0 ? 'jobs.done.failed' : 'jobs.done', { done, failed, total })
