import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Choice, Plan, ReferenceRows, SchemaName } from '../../ipc/client'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { usePlanFlow } from '../plan/usePlanFlow'
import { ReferenceTables } from './ReferenceTables'

const route = getRouteApi('/blueprint')

type Props = { template: SchemaName | null; name: string; choice: Choice }

/** What it comes to when new tenants are made from this; which tables' rows go along can be changed first. */
export function BlueprintPane({ template, name, choice }: Props) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const [kept, setKept] = useState<ReferenceRows[] | null>(null)
  const close = () => {
    flow.task.reset()
    void navigate({ search: ({ template: _, files: __, ...old }) => old })
  }
  const flow = usePlanFlow({
    slot: 'blueprint',
    intent: { intent: 'use_blueprint', request: { template, reference: kept } },
    name,
    back: { label: t('plan.cancel'), onPress: close },
    close,
    done: ({ operation }) => ({ title: operation && t('blueprint.done'), text: operation && t('blueprint.done.text') }),
  })
  const reference = kept ?? referenceOf(flow.plan) ?? (template === choice.template ? choice.reference : undefined)
  return (
    <Pane
      label={t('blueprint.panel')}
      title={template === null ? name : <Name>{name}</Name>}
      subtitle={
        template === null ? <span className="muted">{t('blueprint.files.text')}</span> : <Name mono>{template}</Name>
      }
      onClose={flow.isBusy ? undefined : close}
      footer={flow.footer}
      data-testid="blueprint-panel"
    >
      <div className="plan-body blueprint-plan">{flow.body}</div>
      {template !== null && reference && flow.task.status === 'idle' && (
        <ReferenceTables template={template} chosen={reference} onChange={setKept} />
      )}
    </Pane>
  )
}

/** The rows that the engine proposes, as its plan has them. */
function referenceOf(plan: Plan | null | undefined): ReferenceRows[] | undefined {
  const change = plan?.changes[0]
  return change?.change === 'change_blueprint' ? change.reference : undefined
}
