import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { call, commands, type SchemaName } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { useTaskState } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { useTenantName } from './api'
import { CreatePreview, titleOf, useClose, useForget } from './CreatePreview'
import { isBlank, requestOf, useDraft } from './draft'
import { type Making, makingOf } from './making'
import { TenantForm } from './TenantForm'

const route = getRouteApi('/tenants')

type Props = { making: Making }

/** A new tenant, by the blueprint or like another: the form, then what will be created, then how far it is. */
export function CreatePane({ source }: { source: SchemaName | null }) {
  const making = makingOf(source)
  const { step } = route.useSearch()
  const { status } = useTaskState(making.slot)
  const draft = useDraft(making.draft)
  const isPreview = status === 'running' || (step === 'preview' && (status !== 'idle' || !isBlank(draft)))
  return isPreview ? <CreatePreview making={making} /> : <Form making={making} />
}

function Form({ making }: Props) {
  const text = useText()
  const { t, rich } = text
  const name = useTenantName(making.source)
  const close = useClose()
  const navigate = route.useNavigate()
  const draft = useDraft(making.draft)
  const { status } = useTaskState(making.slot)
  const forget = useForget(making)

  // One comes here for another tenant after the last was made.
  useEffect(() => {
    if (status === 'done') forget()
  }, [status, forget])

  async function preview() {
    // Somebody may be faster than the suggestion.
    const { current, edit } = making.draft
    const { name, schema, schemaEdited } = current()
    edit({ tried: true, schema: schemaEdited ? schema : await call(commands.suggestSchema(name)) })
    const { problems } = await making.check(requestOf(current()), true)
    if (problems.length === 0) await navigate({ search: (old) => ({ ...old, step: 'preview' as const }) })
    else focusFirst(problems.map(({ field }) => inputName(field)))
  }
  const footer = (
    <>
      {!isBlank(draft) && (
        <Button variant="quiet" onPress={making.draft.clear} data-testid="clear-form">
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
      {...titleOf(text, making.source, name)}
      subtitle={
        making.source !== null && (
          <span className="muted">
            {rich('clone.source', {
              schema: (
                <Name key="schema" mono>
                  {making.source}
                </Name>
              ),
            })}
          </span>
        )
      }
      onClose={close}
      footer={footer}
    >
      <TenantForm making={making} onSubmit={() => void preview()} />
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
