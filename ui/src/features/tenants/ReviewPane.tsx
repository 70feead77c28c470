import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { NewItem } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Pane } from '../../shared/Pane'
import { Bar } from '../../shared/Progress'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { useCreateJob } from '../jobs/api'
import { ChangeList } from '../plan/ChangeList'
import { intentOf } from './actions'
import { useTenants } from './api'
import { schemasOf } from './ChoiceBar'
import { chooseNone, useChosen } from './chosen'
import { ReviewTable } from './ReviewTable'
import { type Reviewed, useReview } from './useReview'

const route = getRouteApi('/tenants')

type Action = 'suspend' | 'resume' | 'delete'

/** What is to be done to many tenants: a plan for each is read before any is applied. */
export function ReviewPane({ action }: { action: Action }) {
  const tenants = useTenants().data
  const chosen = useChosen()
  // What is reviewed stays the same, whatever is ticked meanwhile; a change of the choice begins a new review.
  const schemas = useMemo(() => schemasOf(tenants ?? [], chosen), [tenants, chosen])
  const key = schemas.join('\n')
  return <Review key={key} action={action} schemas={schemas} />
}

function Review({ action, schemas: given }: { action: Action; schemas: string[] }) {
  const { t } = useText()
  const [schemas] = useState(given)
  const navigate = route.useNavigate()
  const go = useNavigate()
  const intent = useCallback((schema: string) => intentOf(action, schema), [action])
  const { reviewed, isDone } = useReview(schemas, intent)
  const [open, setOpen] = useState<Reviewed | null>(null)
  const items = useMemo(() => reviewed.flatMap(itemOf), [reviewed])
  const job = useCreateJob()
  const close = () => void navigate({ search: ({ panel: _, ...old }) => old })
  const start = () =>
    job.mutate(items, {
      onSuccess: (id) => {
        chooseNone()
        void go({ to: '/jobs', search: { job: id } })
      },
    })
  const title = t(`review.${action}.title`, { count: isDone ? items.length : schemas.length })
  if (schemas.length === 0) {
    return (
      <Pane label={title} title={title} onClose={close} data-testid="review-panel">
        <Empty title={t('review.empty')}>{t('review.empty.text')}</Empty>
      </Pane>
    )
  }
  return (
    <Pane
      label={title}
      title={title}
      subtitle={<span className="muted">{t('review.text')}</span>}
      onClose={close}
      footer={
        <>
          <Button onPress={close} data-testid="review-cancel">
            {t('plan.cancel')}
          </Button>
          {isDone && items.length > 0 && (
            <Button variant="primary" isDisabled={job.isPending} onPress={start} data-testid="create-job">
              {title}
            </Button>
          )}
        </>
      }
      data-testid="review-panel"
    >
      <div className="pane-section stack" role="status" data-testid="review-summary">
        {job.isError && <ErrorView error={job.error} />}
        {isDone ? (
          <p>{t('review.ready', { ready: items.length, out: schemas.length - items.length })}</p>
        ) : (
          <Bar label={t('review.planning')} done={reviewed.length} total={schemas.length} />
        )}
      </div>
      <ReviewTable action={action} reviewed={reviewed} open={open?.schema} onOpen={setOpen} />
      {open && (
        <section className="pane-section review-plan" aria-label={open.schema} data-testid="review-plan">
          {open.plan ? <ChangeList changes={open.plan.changes} /> : <ErrorView error={open.error} />}
        </section>
      )}
    </Pane>
  )
}

function itemOf({ plan }: Reviewed): NewItem[] {
  if (!plan || plan.changes.length === 0) return []
  return [{ subject: plan.subject, intent: plan.intent, planHash: plan.hash }]
}
