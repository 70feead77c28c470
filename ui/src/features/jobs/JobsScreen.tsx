import './jobs.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { useCallback } from 'react'
import type { Job } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { DataGrid } from '../../shared/DataGrid'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { isRunning, useJobs } from './api'
import { useJobColumns } from './columns'
import { JobPane } from './JobPane'

const route = getRouteApi('/jobs')
const GIVEN: Sort = { column: 'started', desc: true }
const keyOf = ({ id }: Job) => id
const testIdOf = ({ id }: Job) => `job-row-${id}`

/** Work on many tenants, one after another, whoever began it. */
export function JobsScreen() {
  const { t } = useText()
  const search = route.useSearch()
  const jobs = useJobs()
  const go = useNavigate()
  const list = (
    <Loaded query={jobs}>
      {(data) =>
        data.length === 0 ? (
          <Empty
            title={t('jobs.empty')}
            art={<ListChecks size={24} strokeWidth={1.5} />}
            actions={<Button onPress={() => void go({ to: '/tenants' })}>{t('jobs.empty.open')}</Button>}
          >
            {t('jobs.empty.text')}
          </Empty>
        ) : (
          <JobList jobs={data} />
        )
      }
    </Loaded>
  )
  return (
    <Split
      label={t('nav.jobs')}
      list={list}
      pane={jobs.data && search.job ? <JobPane key={search.job} id={search.job} jobs={jobs.data} /> : null}
    />
  )
}

function JobList({ jobs }: { jobs: Job[] }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useJobColumns()
  const running = jobs.filter(isRunning).length
  const onOpen = useCallback(
    ({ id }: Job) => void navigate({ search: ({ show: _, ...old }) => ({ ...old, job: id }) }),
    [navigate],
  )
  return (
    <>
      <div className="toolbar">
        <span className="toolbar-count" role="status">
          {t(running > 0 ? 'jobs.count.running' : 'jobs.count', { count: jobs.length, running })}
        </span>
      </div>
      <div className="list-body">
        <DataGrid
          label={t('jobs.grid')}
          rows={jobs}
          columns={columns}
          rowKey={keyOf}
          rowTestId={testIdOf}
          selected={search.job}
          onOpen={onOpen}
          sort={readSort(search, GIVEN)}
          given={GIVEN}
          onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
        />
      </div>
    </>
  )
}
