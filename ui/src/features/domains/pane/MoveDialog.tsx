import { useState } from 'react'
import type { Owner } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Dialog } from '../../../shared/Dialog'
import { Mono } from '../../../shared/Name'
import { TenantField } from '../../../shared/TenantField'
import { useText } from '../../../shared/text'
import { usePlanFlow } from '../../plan/usePlanFlow'

type Props = { domain: string; owner: Owner; onClose: () => void }

/** Asks which tenant a domain is moved to, and shows what it comes to beneath. */
export function MoveDialog({ domain, owner, onClose }: Props) {
  const { t, rich } = useText()
  const [to, setTo] = useState<Owner | null>(null)
  const close = () => {
    flow.task.reset()
    onClose()
  }
  const flow = usePlanFlow({
    slot: `domain ${domain}`,
    intent: to && { intent: 'move_domains', request: { domains: [domain], to: to.schema } },
    name: to?.name ?? '',
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
  })
  const isIdle = flow.task.status === 'idle'
  return (
    <Dialog
      title={rich('pane.move.title', { domain: <Mono key="domain">{domain}</Mono> })}
      isOpen
      onClose={close}
      isBusy={flow.isBusy}
    >
      {isIdle && (
        <div className="pane-section">
          <TenantField label={t('pane.move.tenant')} value={to} onChange={setTo} without={owner.schema} autoFocus />
        </div>
      )}
      {(to || !isIdle) && <div className="plan-body">{flow.body}</div>}
      <footer className="pane-foot">
        {to || !isIdle ? flow.footer : <Button onPress={onClose}>{t('plan.cancel')}</Button>}
      </footer>
    </Dialog>
  )
}
