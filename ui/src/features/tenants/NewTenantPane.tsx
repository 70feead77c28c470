import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { call, commands } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Pane } from '../../shared/Pane'
import { useTask, useTaskState } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { usePlanFlow } from '../plan/usePlanFlow'
import { clearDraft, currentDraft, editDraft, isBlank, requestOf, useDraft } from './draft'
import { TenantForm } from './TenantForm'

const route = getRouteApi('/tenants')
const SLOT = 'create'

/** A new tenant: the form, then what will be created, then how far it is. */
export function NewTenantPane() {
  const { step } = route.useSearch()
  const { status } = useTaskState(SLOT)
  const draft = useDraft()
  const isPreview = status === 'running' || (step === 'preview' && (status !== 'idle' || !isBlank(draft)))
  return isPreview ? <Preview /> : <Form />
}

function useClose() {
  const navigate = route.useNavigate()
  return () => void navigate({ search: ({ panel: _, step: __, ...old }) => old })
}

function Form() {
  const { t } = useText()
  const close = useClose()
  const navigate = route.useNavigate()
  const draft = useDraft()
  const { status } = useTaskState(SLOT)
  const forget = useForget()

  // One comes here for another tenant after the last was made.
  useEffect(() => {
    if (status === 'done') forget()
  }, [status, forget])

  async function preview() {
    // Somebody may be faster than the suggestion.
    const { name, schema, schemaEdited } = currentDraft()
    editDraft({ tried: true, schema: schemaEdited ? schema : await call(commands.suggestSchema(name)) })
    const { problems } = await call(commands.checkTenant(requestOf(currentDraft())))
    if (problems.length === 0) await navigate({ search: (old) => ({ ...old, step: 'preview' as const }) })
    else focusFirst(problems.map(({ field }) => inputName(field)))
  }
  const footer = (
    <>
      {!isBlank(draft) && (
        <Button variant="quiet" onPress={clearDraft} data-testid="clear-form">
          {t('form.discard')}
        </Button>
      )}
      <span className="grow" />
      <Button type="submit" form="new-tenant" variant="primary" data-testid="preview">
        {t('form.preview')}
      </Button>
    </>
  )
  return (
    <Pane
      label={t('form.title')}
      title={t('form.title')}
      onClose={close}
      footer={footer}
      data-testid="new-tenant-panel"
    >
      <TenantForm onSubmit={() => void preview()} />
    </Pane>
  )
}

/** The name of the input that the engine calls so: `aliases[0]` is `aliases.0`. */
const inputName = (field: string) => field.replace(/^attributes\./, '').replace(/\[(\d+)\]/, '.$1')

function focusFirst(names: string[]) {
  const inputs = document.querySelectorAll<HTMLInputElement>('#new-tenant :is(input, textarea, [data-field])')
  const first = [...inputs].find(({ name, dataset }) => names.includes(dataset.field ?? name))
  first?.closest('details')?.setAttribute('open', '')
  first?.focus()
}

/** Forgets the tenant that was made, so that the next begins with empty fields. */
function useForget() {
  const { reset } = useTask(SLOT)
  return useCallback(() => {
    reset()
    clearDraft()
  }, [reset])
}

function Preview() {
  const { t, rich } = useText()
  const close = useClose()
  const go = useNavigate()
  const navigate = route.useNavigate()
  const draft = useDraft()
  const name = draft.name.trim() || draft.schema
  const forget = useForget()
  const toForm = () => void navigate({ search: (old) => ({ ...old, step: undefined }), replace: true })
  const over = () => {
    forget()
    close()
  }
  const flow = usePlanFlow({
    slot: SLOT,
    intent: { intent: 'create_tenant', request: requestOf(draft) },
    name,
    applyTestId: 'create',
    back: { label: t('form.edit'), onPress: toForm },
    close: over,
    done: ({ operation, plan }) => ({
      title: rich(operation ? 'form.result.done' : 'form.result.nothing', { name: <bdi>{name}</bdi> }),
      text: operation && t('form.result.text'),
      actions: (
        <>
          <Button
            onPress={() => {
              forget()
              void go({ to: '/tenants', search: (old) => ({ q: old.q, tenant: plan.subject }) })
            }}
            data-testid="open-created"
          >
            {t('form.open', { name })}
          </Button>
          <Button
            onPress={() => {
              forget()
              toForm()
            }}
            data-testid="create-another"
          >
            {t('form.another')}
          </Button>
        </>
      ),
    }),
  })
  const isDone = flow.task.status === 'done'
  return (
    <Pane
      label={t('form.preview.title')}
      title={flow.plan && isDone ? <bdi>{name}</bdi> : t('form.preview.title')}
      onClose={flow.isBusy ? undefined : isDone ? over : close}
      footer={flow.footer}
      data-testid="new-tenant-panel"
    >
      <div className="plan-body">{flow.body}</div>
    </Pane>
  )
}
