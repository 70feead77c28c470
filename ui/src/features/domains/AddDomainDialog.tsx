import { useRef, useState } from 'react'
import type { Owner } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { TenantField } from '../../shared/TenantField'
import { useText } from '../../shared/text'
import { AddField } from './add/AddField'
import { AddSteps } from './add/AddSteps'
import { useAdding } from './add/adding'

type Props = { onClose: () => void; tenant?: Owner | null }

/** Adds domains from anywhere: asks for the tenant too. What was typed stays while the plan is read. */
export function AddDomainDialog({ onClose, tenant: first = null }: Props) {
  const { t } = useText()
  const [tenant, setTenant] = useState<Owner | null>(first)
  const adding = useAdding(tenant)
  const form = useRef<HTMLFormElement>(null)
  if (adding.step) return <AddSteps adding={adding} form={form} onDone={onClose} />
  return (
    <Dialog title={t('add.title')} isOpen onClose={onClose}>
      <div className="plan-body stack" data-testid="add-domain-dialog">
        <TenantField label={t('add.tenant')} value={tenant} onChange={setTenant} autoFocus={tenant === null} />
        <AddField adding={adding} form={form} autoFocus={tenant !== null} />
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose}>{t('plan.cancel')}</Button>
      </footer>
    </Dialog>
  )
}
