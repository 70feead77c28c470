import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Applied, appError, call, commands, type Intent, type Plan } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { Notice } from '../../shared/Notice'
import { Loading } from '../../shared/states'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { applyLabel } from './applyLabel'
import { PlanView } from './PlanView'
import { TaskResult } from './TaskResult'

type Options = {
  /** Where the work is found again: one plan of a slot is under way at a time. */
  slot: string
  intent: Intent | null
  /** Whom it is done to, in the words of the button. */
  name: string
  applyTestId?: string
  back: { label: string; onPress: () => void }
  close: () => void
  /** Called at the moment it is done, before anything is read again. */
  onApplied?: ((applied: Applied) => void) | undefined
  /** A text that has to be typed first, where there is no way back. */
  confirm?: string | undefined
  /** What is said and offered when it is done. */
  done?: ((applied: Applied, close: () => void) => Done) | undefined
}

export type Done = { title?: ReactNode; text?: ReactNode; actions?: ReactNode }

/** The one way to write, as it is seen: the plan, the button, the steps, the result. */
export function usePlanFlow(options: Options) {
  const { slot, intent, name, applyTestId = 'apply-plan', confirm, back, close, done } = options
  const { t, rich } = useText()
  const [typed, setTyped] = useState('')
  const task = useTask<Applied>(slot)
  const query = useQuery({
    queryKey: ['plan', intent],
    queryFn: () => call(commands.plan(intent as Intent)),
    enabled: intent !== null && task.status === 'idle',
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const failure = appError(task.error)
  const stale = failure?.code === 'stale' ? failure.fresh : null
  const plan = stale ?? task.result?.plan ?? (task.about as Plan | null) ?? query.data
  const isBusy = task.status === 'running'
  const isOver = task.status === 'done' || (task.status === 'failed' && !stale)
  const apply = (of: Plan) =>
    void task.start(async (id, progress) => {
      const applied = await call(commands.apply(id, of, progress))
      options.onApplied?.(applied)
      return applied
    }, of)
  const isReady = plan !== undefined && plan !== null && plan.changes.length > 0
  const isConfirmed = confirm === undefined || typed === confirm

  const body = (
    <>
      {stale && (
        <Notice tone="note" title={t('plan.changed')} data-testid="plan-stale">
          <p>{t('plan.changed.text')}</p>
        </Notice>
      )}
      {isOver && <TaskResult task={task} done={done && ((applied) => done(applied, close))} />}
      {plan ? (
        <PlanView plan={plan} task={task} />
      ) : query.isError ? (
        <ErrorView error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading label={t('plan.loading')} />
      )}
      {confirm !== undefined && isReady && task.status === 'idle' && (
        <Field
          name="confirm"
          label={rich('plan.confirm', { text: <bdi className="mono selectable strong">{confirm}</bdi> })}
          value={typed}
          onChange={setTyped}
          mono
          data-testid="confirm"
        />
      )}
    </>
  )

  const again = () => {
    task.reset()
    back.onPress()
  }
  const footer = isBusy ? (
    <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
      {t('plan.cancel')}
    </Button>
  ) : task.status === 'done' ? (
    <Button onPress={close} data-testid="plan-close">
      {t('plan.close')}
    </Button>
  ) : (
    <>
      <Button onPress={again} data-testid="plan-back">
        {back.label}
      </Button>
      {isReady && (
        <Button
          variant={plan.inverse === null && confirm !== undefined ? 'danger' : 'primary'}
          isDisabled={!isConfirmed}
          onPress={() => apply(plan)}
          data-testid={applyTestId}
        >
          {applyLabel(t, plan, name)}
        </Button>
      )}
    </>
  )
  return { body, footer, isBusy, task, plan, error: query.error }
}
