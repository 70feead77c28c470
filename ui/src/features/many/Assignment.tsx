import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { CsvPreview, JobItem } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { Loading } from '../../shared/states'
import { useText } from '../../shared/text'
import { useJobItems, useJobs } from '../jobs/api'
import { FindingList } from '../plan/FindingList'
import { useCreateFromCsv, useCsvCheck } from './api'
import { ColumnChoice } from './ColumnChoice'
import { JobProgress } from './JobProgress'
import { type FrameProps, ManyFrame } from './ManyFrame'
import { useMapping } from './mapping'
import { Needed } from './Needed'
import { RowList } from './RowList'
import { countOf, rowsOf } from './rowState'
import { SaveResult } from './SaveResult'

const route = getRouteApi('/tenants/csv')
const NO_ITEMS: JobItem[] = []

type Props = { path: string; preview: CsvPreview; frame: FrameProps }

/** A file that can be read: what its columns stand for, what would become of its rows, and the job that creates them. */
export function Assignment({ path, preview, frame }: Props) {
  const { t } = useText()
  const { job: id } = route.useSearch()
  const navigate = route.useNavigate()
  const { mapping, set } = useMapping(path, preview)
  const { query, isChecking } = useCsvCheck(path, mapping, preview.total)
  const job = useJobs().data?.find((known) => known.id === id)
  const items = useJobItems(job).data ?? NO_ITEMS
  const create = useCreateFromCsv(path, mapping)
  const check = query.data
  const rows = useMemo(() => (check ? rowsOf(check.rows, job ? items : NO_ITEMS) : []), [check, job, items])
  const counts = useMemo(() => countOf(rows), [rows])
  const start = () =>
    create.mutate(undefined, {
      onSuccess: (made) =>
        made !== null && void navigate({ search: (old) => ({ ...old, job: made, show: undefined }) }),
    })
  /** What was answered about another mapping goes. */
  const change: typeof set = (at, field) => {
    create.reset()
    set(at, field)
  }
  const isKnown = check !== undefined && !isChecking && !query.isError

  const footer = (
    <>
      <SaveResult path={path} mapping={mapping} job={job ?? null} isReady={isKnown} />
      {!job && (
        <Button
          variant="primary"
          isDisabled={!isKnown || counts.new === 0 || create.isPending}
          onPress={start}
          data-testid="create-many"
        >
          {!isKnown
            ? t('many.create.wait')
            : t(counts.new > 0 ? 'many.create' : 'many.create.none', { count: counts.new })}
        </Button>
      )}
    </>
  )
  return (
    <ManyFrame {...frame} footer={footer}>
      {job ? <JobProgress job={job} /> : <ColumnChoice preview={preview} mapping={mapping} onChange={change} />}
      {create.isError && (
        <div className="pane-section">
          <ErrorView error={create.error} />
        </div>
      )}
      {create.data === null && !job && (
        <div className="pane-section">
          <Notice tone="note" title={t('many.create.none')} data-testid="create-gone">
            <p>{t('many.create.gone')}</p>
          </Notice>
        </div>
      )}
      {!job && check && check.findings.length > 0 && (
        <div className="pane-section">
          <FindingList findings={check.findings} />
        </div>
      )}
      {query.isError ? (
        <Needed error={query.error} onRetry={() => void query.refetch()} />
      ) : check ? (
        <RowList rows={rows} counts={counts} isChecking={isChecking} hasJob={job !== undefined} />
      ) : (
        <Loading label={t('many.checking', { count: preview.total })} />
      )}
    </ManyFrame>
  )
}
