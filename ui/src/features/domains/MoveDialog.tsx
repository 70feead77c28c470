import { useMemo, useState } from 'react'
import { appError, type Intent } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { useUndo } from '../journal/undo'
import { usePlanFlow } from '../plan/usePlanFlow'
import { useTenantName } from '../tenants/api'
import { TenantPicker } from '../tenants/TenantPicker'

type Props = {
  domains: string[]
  /** Where they were dropped; asked for where nothing is given. */
  to?: string | undefined
  onClose: () => void
  onMoved?: (() => void) | undefined
}

/** Domains on their way to a tenant: which one, and under it what that comes to. */
export function MoveDialog({ domains, to: given, onClose, onMoved }: Props) {
  const { t, rich } = useText()
  const { undoOperation } = useUndo()
  const [to, setTo] = useState<string | null>(given ?? null)
  const [reason, setReason] = useState('')
  const approval = useDebounced(reason.trim()) || null
  const name = useTenantName(to)
  const intent = useMemo(
    (): Intent | null => (to === null ? null : { intent: 'move_domains', request: { domains, to, approval } }),
    [domains, to, approval],
  )
  const close = () => {
    flow.task.reset()
    onClose()
  }
  const count = domains.length
  const flow = usePlanFlow({
    slot: 'domains',
    intent,
    name,
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
    onApplied: onMoved,
    done: ({ operation }, over) => ({
      title: rich('move.done', { count, name: <bdi key="name">{name}</bdi> }),
      actions: operation && (
        <Button
          onPress={() => {
            over()
            void undoOperation(operation)
          }}
          data-testid="move-undo"
        >
          {t('move.undo')}
        </Button>
      ),
    }),
  })
  const isIdle = flow.task.status === 'idle'
  const error = appError(flow.error)
  const isUnproven = reason !== '' || (error?.code === 'refused' && error.why === 'proof_needed')
  const one = count === 1 && domains[0]
  return (
    <Dialog
      title={one ? rich('move.one', { domain: <bdi key="domain">{one}</bdi> }) : t('move.title', { count })}
      isOpen
      onClose={close}
      isBusy={flow.isBusy}
    >
      {isIdle && (
        <div className="pane-section stack">
          <TenantPicker
            label={t('move.to')}
            hint={t('move.to.hint')}
            value={to}
            onChange={setTo}
            autoFocus={given === undefined}
            data-testid="move-to"
          />
          {isUnproven && (
            <Field
              name="approval"
              label={t('move.reason')}
              hint={t('move.reason.hint')}
              value={reason}
              onChange={setReason}
              data-testid="move-reason"
            />
          )}
        </div>
      )}
      {(intent || !isIdle) && <div className="plan-body">{flow.body}</div>}
      <footer className="pane-foot">{flow.footer}</footer>
    </Dialog>
  )
}
