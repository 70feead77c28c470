import { getRouteApi } from '@tanstack/react-router'
import type { Job } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { Loaded } from '../../shared/Loaded'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { kindText } from '../journal/kind'
import { useControlJob, useJobItems } from './api'
import { ItemTable } from './ItemTable'
import { isCheck } from './isCheck'
import { JobControls } from './JobControls'
import { JobStateBadge } from './JobStateBadge'
import { JobWords } from './JobWords'

const route = getRouteApi('/jobs')

/** One job: how far it is, what can be done with it, and what became of each of its tenants. */
export function JobPane({ id, jobs }: { id: string; jobs: Job[] }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ job: _, show: __, ...old }) => old })
  const job = jobs.find((known) => known.id === id)
  if (!job) {
    return (
      <Pane label={t('nav.jobs')} title={t('jobs.missing')} onClose={close} data-testid="job-detail">
        <Empty title={t('jobs.missing')} />
      </Pane>
    )
  }
  return <Known job={job} onClose={close} />
}

function Known({ job, onClose }: { job: Job; onClose: () => void }) {
  const text = useText()
  const { t, time } = text
  const items = useJobItems(job)
  const control = useControlJob(job.id)
  return (
    <Pane
      label={kindText(text, job.kind)}
      title={kindText(text, job.kind)}
      subtitle={
        <>
          <JobStateBadge job={job} />
          <span className="muted">{t(isCheck(job) ? 'checks.of' : 'jobs.of', { total: job.total })}</span>
        </>
      }
      onClose={onClose}
      footer={<JobControls job={job} control={control} />}
      data-testid="job-detail"
    >
      <section className="pane-section stack">
        {control.isError && <ErrorView error={control.error} />}
        <JobWords job={job} />
        <dl className="facts">
          {[
            [t('jobs.started'), time(job.createdAt)],
            [t('jobs.by'), job.createdBy],
            [t('jobs.from'), job.origin],
            ...(job.finishedAt ? [[t('jobs.finished'), time(job.finishedAt)]] : []),
          ].map(([term = '', value = '']) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd className="wrap">
                <Name>{value}</Name>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Loaded query={items}>{(data) => <ItemTable items={data} isCheck={isCheck(job)} />}</Loaded>
    </Pane>
  )
}
