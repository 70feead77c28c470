import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { SchemaName } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Pane } from '../../shared/Pane'
import { useTask } from '../../shared/tasks'
import { type Text, useText } from '../../shared/text'
import { usePlanFlow } from '../plan/usePlanFlow'
import { useTenantName } from './api'
import { useDraft } from './draft'
import type { Making } from './making'

const route = getRouteApi('/tenants')

export function useClose() {
  const navigate = route.useNavigate()
  return () => void navigate({ search: ({ panel: _, step: __, ...old }) => old })
}

/** What the pane is called, and in the tests. */
export function titleOf({ t, rich }: Text, source: SchemaName | null, name: string, isPreview = false) {
  if (source === null) {
    const title = t(isPreview ? 'form.preview.title' : 'form.title')
    return { label: title, title, 'data-testid': 'new-tenant-panel' }
  }
  const id = isPreview ? 'clone.preview.title' : 'clone.title'
  return {
    label: t(id, { name }),
    title: rich(id, { name: <bdi key="name">{name}</bdi> }),
    'data-testid': 'clone-panel',
  }
}

/** Forgets the tenant that was made, so that the next begins with empty fields. */
export function useForget({ slot, draft }: Making) {
  const { reset } = useTask(slot)
  return useCallback(() => {
    reset()
    draft.clear()
  }, [reset, draft])
}

/** What will be created, and how far it is. */
export function CreatePreview({ making }: { making: Making }) {
  const text = useText()
  const { t, rich } = text
  const { source } = making
  const like = useTenantName(source)
  const close = useClose()
  const go = useNavigate()
  const navigate = route.useNavigate()
  const draft = useDraft(making.draft)
  const name = draft.name.trim() || draft.schema
  const forget = useForget(making)
  const toForm = () => void navigate({ search: (old) => ({ ...old, step: undefined }), replace: true })
  const over = () => {
    forget()
    close()
  }
  const flow = usePlanFlow({
    slot: making.slot,
    intent: making.intentOf(draft),
    name,
    applyTestId: 'create',
    back: { label: t('form.edit'), onPress: toForm },
    close: over,
    done: ({ operation, plan }) => ({
      title: rich(operation ? 'form.result.done' : 'form.result.nothing', { name: <bdi>{name}</bdi> }),
      text:
        operation && (source === null ? t('form.result.text') : t('clone.result.text', { withData: draft.withData })),
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
            {t(source === null ? 'form.another' : 'clone.another')}
          </Button>
        </>
      ),
    }),
  })
  const isDone = flow.task.status === 'done'
  const heading = titleOf(text, source, like, true)
  return (
    <Pane
      {...heading}
      title={flow.plan && isDone ? <bdi>{name}</bdi> : heading.title}
      onClose={flow.isBusy ? undefined : isDone ? over : close}
      footer={flow.footer}
    >
      <div className="plan-body">{flow.body}</div>
    </Pane>
  )
}
