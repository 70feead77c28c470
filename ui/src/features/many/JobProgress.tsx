import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Job } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { useText } from '../../shared/text'
import { useControlJob } from '../jobs/api'
import { JobControls } from '../jobs/JobControls'
import { JobWords } from '../jobs/JobWords'

/** How far the job is that creates the tenants of the file, and what can be done with it. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useText()
  const control = useControlJob(job.id)
  const section = useRef<HTMLElement>(null)
  // The button that made the job is gone; what it made takes its place.
  useEffect(() => section.current?.focus(), [])
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="pane-section stack many-job"
      aria-label={t('many.job')}
      data-testid="many-job"
    >
      {control.isError && <ErrorView error={control.error} />}
      <JobWords job={job} />
      <div className="row">
        <Link to="/jobs" search={{ job: job.id }} data-testid="open-job">
          {t('many.job.open')}
        </Link>
        <span className="grow" />
        <JobControls job={job} control={control} />
      </div>
    </section>
  )
}
