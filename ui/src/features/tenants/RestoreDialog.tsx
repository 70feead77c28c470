import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { appError, call, commands, type Intent, type TrashedTenant } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { usePlanFlow } from '../plan/usePlanFlow'

type Props = {
  tenant: TrashedTenant
  onClose: () => void
  onRestored: () => void
  onOpen: (schema: string) => void
}

/** A deleted tenant comes back; where its schema's name is in use by now, under another one. */
export function RestoreDialog({ tenant, onClose, onRestored, onOpen }: Props) {
  const { t, rich } = useText()
  const { trash, schema, name } = tenant
  const [typed, setTyped] = useState<string | null>(null)
  const settled = useDebounced(typed)
  const [wasTaken, setWasTaken] = useState(false)
  const suggested = useSuggestion(name, wasTaken)
  const newSchema = settled ?? (wasTaken ? (suggested ?? null) : null)
  const intent: Intent = { intent: 'restore_tenant', request: { schema: trash, newSchema } }
  const close = () => {
    flow.task.reset()
    onClose()
  }
  const bdi = <bdi key="name">{name}</bdi>
  const flow = usePlanFlow({
    slot: 'tenant',
    intent: wasTaken && newSchema === null ? null : intent,
    name,
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
    onApplied: onRestored,
    done: ({ operation, plan }) => ({
      title: operation && rich('trash.restore.done', { name: bdi }),
      actions: (
        <Button
          onPress={() => {
            close()
            onOpen(plan.subject)
          }}
          data-testid="open-restored"
        >
          {t('form.open', { name })}
        </Button>
      ),
    }),
  })
  const error = appError(flow.error)
  const isTaken = error?.code === 'schema_taken'
  if (isTaken && !wasTaken) setWasTaken(true)
  const problems = error?.code === 'invalid' ? error.problems.filter(({ field }) => field === 'new_schema') : []
  const isIdle = flow.task.status === 'idle'
  const value = typed ?? suggested ?? ''
  return (
    <Dialog title={rich('trash.restore.title', { name: bdi })} isOpen onClose={close} isBusy={flow.isBusy}>
      {/* The field comes with its proposal, so that nothing moves under the hands of somebody who types. */}
      {wasTaken && suggested !== undefined && isIdle && (
        <div className="pane-section stack">
          <p>
            {rich('trash.restore.taken', {
              schema: (
                <bdi key="schema" className="mono">
                  {schema}
                </bdi>
              ),
            })}
          </p>
          <Field
            name="new_schema"
            label={t('trash.restore.as')}
            value={value}
            onChange={setTyped}
            problems={problems}
            wrong={isTaken && value !== '' && rich('schema.taken', { schema: <bdi key="schema">{error.schema}</bdi> })}
            mono
            data-testid="restore-schema"
          />
        </div>
      )}
      {!isTaken && problems.length === 0 && <div className="plan-body">{flow.body}</div>}
      <footer className="pane-foot">{flow.footer}</footer>
    </Dialog>
  )
}

/** A free name for a schema, made from the tenant's. */
function useSuggestion(name: string, enabled: boolean) {
  const query = useQuery({
    queryKey: ['suggest-schema', name],
    queryFn: () => call(commands.suggestSchema(name)),
    enabled,
    staleTime: 0,
  })
  return query.data
}
