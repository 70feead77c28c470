import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { call, commands, type Item, type Plan } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { Pane } from '../../shared/Pane'
import { Progress } from '../../shared/Progress'
import { Loading } from '../../shared/states'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { useSyncPlans } from './api'
import { SyncTable } from './SyncTable'

const route = getRouteApi('/catalog')

/** Every tenant against the master: who lacks what, and one button to bring them all up. */
export function SyncPane() {
  const { t } = useText()
  const navigate = route.useNavigate()
  const task = useTask<Item[]>('sync')
  const query = useSyncPlans(task.status === 'idle')
  const plans = (task.about as Plan[] | null) ?? query.data
  const lacking = useMemo(() => plans?.filter(({ changes, findings }) => changes.length + findings.length > 0), [plans])
  const work = useMemo(() => lacking?.filter(({ changes }) => changes.length > 0) ?? [], [lacking])
  const isBusy = task.status === 'running'
  const close = () => {
    task.reset()
    void navigate({ search: ({ panel: _, ...old }) => old })
  }
  const apply = () => void task.start((id, progress) => call(commands.applyAll(id, work, progress)), plans)
  return (
    <Pane
      label={t('catalog.sync.title')}
      title={t('catalog.sync.title')}
      subtitle={<span className="muted">{t('catalog.sync.text')}</span>}
      onClose={isBusy ? undefined : close}
      footer={footer()}
      data-testid="sync-panel"
    >
      {query.isError && task.status === 'idle' ? (
        <div className="pane-section">
          <ErrorView error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : !lacking ? (
        <Loading label={t('catalog.sync.planning')} />
      ) : (
        <>
          <div className="pane-section stack">{said(lacking.length, (plans?.length ?? 0) - lacking.length)}</div>
          {lacking.length > 0 && <SyncTable plans={lacking} items={task.items} />}
        </>
      )}
    </Pane>
  )

  function said(lack: number, complete: number) {
    if (isBusy) return <Progress task={task} label={t('running.sync')} />
    if (task.status === 'failed') {
      return (
        <div data-testid="task-result">
          <ErrorView error={task.error} />
          {task.items.length > 0 && <Summary items={task.items} />}
        </div>
      )
    }
    if (task.status === 'done') {
      const failed = task.items.some(({ failure }) => failure !== null)
      return (
        <div data-testid="task-result" data-outcome={failed ? 'refused' : 'done'}>
          <Notice tone={failed ? 'bad' : 'good'} title={<Summary items={task.items} />} />
        </div>
      )
    }
    return lack === 0 ? (
      <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
        {t('catalog.sync.none')}
      </Badge>
    ) : (
      <p>{t('catalog.sync.lacking', { count: lack, complete })}</p>
    )
  }

  function footer() {
    if (isBusy) {
      return (
        <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
          {t(task.cancelling ? 'task.cancelling' : 'plan.cancel')}
        </Button>
      )
    }
    return (
      <>
        <Button onPress={close}>{t('plan.close')}</Button>
        {task.status === 'idle' && work.length > 0 && (
          <Button variant="primary" onPress={apply} data-testid="apply-plan">
            {t('catalog.sync.apply', { count: work.length })}
          </Button>
        )}
      </>
    )
  }
}

function Summary({ items }: { items: Item[] }) {
  const { t } = useText()
  const failed = items.filter(({ failure }) => failure !== null).length
  return <span>{t('items.summary', { done: items.length - failed, failed })}</span>
}
