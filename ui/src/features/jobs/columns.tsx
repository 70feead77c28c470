import { useMemo } from 'react'
import type { Job } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { kindText } from '../journal/kind'
import { JobMeter } from './JobMeter'
import { JobStateBadge } from './JobStateBadge'
import { timeLeft } from './timeLeft'

const ORDER = { running: 0, paused: 1, cancelled: 2, finished: 3 }

export function useJobColumns(): GridColumn<Job>[] {
  const text = useText()
  return useMemo(() => {
    const { t, time } = text
    return [
      {
        id: 'kind',
        header: t('jobs.kind'),
        width: 'minmax(130px, 1.2fr)',
        value: ({ kind }) => kindText(text, kind),
        cell: ({ kind }) => <CutName>{kindText(text, kind)}</CutName>,
      },
      {
        id: 'state',
        header: t('jobs.state'),
        width: '112px',
        value: ({ state }) => ORDER[state],
        cell: (job) => <JobStateBadge job={job} />,
      },
      {
        id: 'progress',
        header: t('jobs.progress'),
        width: 'minmax(150px, 1.6fr)',
        hideBelow: 400,
        value: ({ done, failed, total }) => (done + failed) / Math.max(total, 1),
        cell: (job) => <JobMeter job={job} />,
      },
      {
        id: 'rate',
        header: t('jobs.pace'),
        width: 'minmax(150px, 1fr)',
        hideBelow: 860,
        value: ({ rate }) => rate,
        cell: (job) => <span className="muted cut">{job.state === 'running' && timeLeft(text, job)}</span>,
      },
      {
        id: 'started',
        header: t('jobs.started'),
        width: '176px',
        hideBelow: 640,
        value: ({ createdAt }) => Date.parse(createdAt),
        cell: ({ createdAt }) => <span className="muted">{time(createdAt)}</span>,
      },
      {
        id: 'by',
        header: t('jobs.by'),
        width: 'minmax(80px, 0.7fr)',
        hideBelow: 960,
        value: ({ createdBy }) => createdBy,
        cell: ({ createdBy }) => <CutName>{createdBy}</CutName>,
      },
      {
        id: 'from',
        header: t('jobs.from'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 1060,
        value: ({ origin }) => origin,
        cell: ({ origin }) => (
          <span className="cut muted">
            <CutName>{origin}</CutName>
          </span>
        ),
      },
    ]
  }, [text])
}
