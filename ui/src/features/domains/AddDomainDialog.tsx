import { useMemo, useRef, useState } from 'react'
import type { SchemaName } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { useText } from '../../shared/text'
import { useTenantName } from '../tenants/api'
import { TenantPicker } from '../tenants/TenantPicker'
import { AddField } from './add/AddField'
import { AddSteps } from './add/AddSteps'
import { useAdding } from './add/adding'

type Props = { onClose: () => void; schema?: SchemaName | null }

/** Adds domains from anywhere: asks for the tenant too. What was typed stays while the plan is read. */
export function AddDomainDialog({ onClose, schema: first = null }: Props) {
  const { t } = useText()
  const [schema, setSchema] = useState<SchemaName | null>(first)
  const name = useTenantName(schema)
  const tenant = useMemo(() => (schema === null ? null : { schema, name }), [schema, name])
  const adding = useAdding(tenant)
  const form = useRef<HTMLFormElement>(null)
  if (adding.step) return <AddSteps adding={adding} form={form} onDone={onClose} />
  return (
    <Dialog title={t('add.title')} isOpen onClose={onClose}>
      <div className="plan-body stack" data-testid="add-domain-dialog">
        <TenantPicker
          label={t('add.tenant')}
          value={schema}
          onChange={setSchema}
          autoFocus={first === null}
          data-testid="add-tenant"
        />
        <AddField adding={adding} form={form} autoFocus={first !== null} />
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose}>{t('plan.cancel')}</Button>
      </footer>
    </Dialog>
  )
}
