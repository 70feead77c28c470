import { useNavigate } from '@tanstack/react-router'
import type { Job, JobUndo, UndoCounts } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { ErrorView } from '../../shared/ErrorView'
import { CutName } from '../../shared/Name'
import { Loading } from '../../shared/states'
import { useText } from '../../shared/text'
import { kindText } from '../journal/kind'
import { useJobUndo, useUndoJob } from './api'

const COUNTS = ['ready', 'nothing', 'refused', 'alreadyUndone', 'underWay', 'noInverse'] as const

/** What taking a whole job back comes to, before it is done as a job of its own. */
export function UndoJobDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const text = useText()
  const { t } = text
  const navigate = useNavigate()
  const plan = useJobUndo(job.id)
  const undo = useUndoJob(job.id)
  const count = plan.data ? tried(plan.data.counts) : 0
  const start = () =>
    undo.mutate(undefined, {
      onSuccess: (id) => {
        onClose()
        void navigate({ to: '/jobs', search: { job: id } })
      },
    })
  const title = t('jobs.undo.title', { kind: kindText(text, job.kind) })
  return (
    <Dialog title={title} isOpen onClose={onClose} isBusy={undo.isPending}>
      <div className="plan-body" data-testid="undo-job">
        {undo.isError && <ErrorView error={undo.error} />}
        {plan.data ? (
          <Comes plan={plan.data} />
        ) : plan.isError ? (
          <ErrorView error={plan.error} onRetry={() => void plan.refetch()} />
        ) : (
          <Loading label={t('jobs.undo.planning')} />
        )}
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose} isDisabled={undo.isPending}>
          {t('plan.cancel')}
        </Button>
        {count > 0 && (
          <Button variant="primary" isDisabled={undo.isPending} onPress={start} data-testid="undo-job-do">
            {t('jobs.undo.do', { count })}
          </Button>
        )}
      </footer>
    </Dialog>
  )
}

/** So many are in the new job: what is refused now may go when its turn comes. */
const tried = ({ ready, nothing, refused }: UndoCounts) => ready + nothing + refused

function Comes({ plan: { counts, items, planned } }: { plan: JobUndo }) {
  const { t } = useText()
  const refused = items.flatMap((item) => (item.verdict === 'refused' ? [item] : []))
  return (
    <>
      <ul className="undo-counts">
        {COUNTS.filter((kind) => kind === 'ready' || counts[kind] > 0).map((kind) => (
          <li key={kind} data-testid={`undo-count-${kind}`}>
            {t(`jobs.undo.${kind}`, { count: counts[kind] })}
          </li>
        ))}
        {planned < tried(counts) && <li className="muted">{t('jobs.undo.planned', { planned })}</li>}
      </ul>
      {refused.length > 0 && (
        <section>
          <h3>{t('jobs.undo.reasons')}</h3>
          <ul className="undo-reasons" data-testid="undo-reasons">
            {refused.map(({ subject, operation, reason }) => (
              <li key={operation}>
                <CutName mono>{subject}</CutName>
                <bdi className="wrap selectable muted">{reason}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
