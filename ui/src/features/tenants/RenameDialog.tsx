import { useMemo, useState } from 'react'
import { appError, type Intent, type Tenant } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { usePlanFlow } from '../plan/usePlanFlow'

type Props = { tenant: Tenant; onClose: () => void; onRenamed: (schema: string) => void }

/** New names for a tenant, and under them what they come to. */
export function RenameDialog({ tenant, onClose, onRenamed }: Props) {
  const { t, rich } = useText()
  const [name, setName] = useState(tenant.name)
  const [schema, setSchema] = useState(tenant.schema)
  const request = useMemo(
    () => ({
      schema: tenant.schema,
      newName: name === tenant.name ? null : name,
      newSchema: schema === tenant.schema ? null : schema,
    }),
    [tenant, name, schema],
  )
  const settled = useDebounced(request)
  const isChanged = settled.newName !== null || settled.newSchema !== null
  const intent: Intent | null = isChanged ? { intent: 'rename_tenant', request: settled } : null
  const close = () => {
    flow.task.reset()
    onClose()
  }
  const flow = usePlanFlow({
    slot: 'tenant',
    intent,
    name: tenant.name,
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
    onApplied: () => onRenamed(schema),
  })
  const isIdle = flow.task.status === 'idle'
  const error = intent && appError(flow.error)
  const problemsOf = (at: string) =>
    error?.code === 'invalid' ? error.problems.filter(({ field }) => field === at) : []
  const isTaken = error?.code === 'schema_taken'
  const isAtField = isTaken || problemsOf('new_name').length + problemsOf('new_schema').length > 0
  return (
    <Dialog
      title={rich('tenant.rename.title', { name: <bdi key="name">{tenant.name}</bdi> })}
      isOpen
      onClose={close}
      isBusy={flow.isBusy}
    >
      {isIdle && (
        <div className="pane-section stack">
          <Field
            name="new_name"
            label={t('form.name')}
            value={name}
            onChange={setName}
            problems={problemsOf('new_name')}
            autoFocus
            data-testid="rename-name"
          />
          <Field
            name="new_schema"
            label={t('form.schema')}
            value={schema}
            onChange={setSchema}
            problems={problemsOf('new_schema')}
            wrong={isTaken && rich('schema.taken', { schema: <bdi key="schema">{schema}</bdi> })}
            mono
            hint={t('tenant.rename.hint')}
            data-testid="rename-schema"
          />
        </div>
      )}
      {(intent || !isIdle) && !isAtField && <div className="plan-body">{flow.body}</div>}
      <footer className="pane-foot">
        {settled === request || !isIdle ? (
          flow.footer
        ) : (
          <Button onPress={onClose} data-testid="plan-back">
            {t('plan.cancel')}
          </Button>
        )}
      </footer>
    </Dialog>
  )
}
