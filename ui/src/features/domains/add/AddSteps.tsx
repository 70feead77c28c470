import type { RefObject } from 'react'
import { appError } from '../../../ipc/client'
import { Dialog } from '../../../shared/Dialog'
import { Mono } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { usePlanFlow } from '../../plan/usePlanFlow'
import type { Adding, PlanStep } from './adding'
import { type ConflictProps, ConflictSheet } from './ConflictSheet'

type Props = { adding: Adding; form: RefObject<HTMLFormElement | null>; onDone?: () => void }

/** What follows the field: the plan, or the answer that somebody has the name. */
export function AddSteps({ adding, form, onDone }: Props) {
  const { step, tenant } = adding
  const another = (name: string | null) => {
    if (name !== null) adding.edit(name)
    adding.back()
    focusField(form)
  }
  if (step === null) return null
  const ways = { tenant, onMove: adding.move, onAnother: another, onClose: adding.back }
  if (step.step === 'conflict') return <ConflictSheet domain={step.domain} {...ways} />
  return (
    <Plan
      key={step.intent.intent}
      of={step}
      ways={ways}
      onClose={adding.back}
      onDone={() => {
        adding.clear()
        onDone?.()
      }}
    />
  )
}

type PlanProps = {
  of: PlanStep
  ways: Omit<ConflictProps, 'domain'>
  onClose: () => void
  onDone: () => void
}

/** The plan of what is added or moved here. Where somebody was faster, the answer is the same as before a plan. */
function Plan({ of: { intent, domains, tenant }, ways, onClose, onDone }: PlanProps) {
  const { t, rich } = useText()
  const { schema, name } = tenant
  const close = () => {
    const isDone = flow.task.status === 'done'
    flow.task.reset()
    onClose()
    if (isDone) onDone()
  }
  const flow = usePlanFlow({
    slot: `domains ${schema}`,
    intent,
    name,
    back: { label: t('plan.cancel'), onPress: onClose },
    close,
  })
  const [only] = domains
  const lost = domains.length === 1 && only !== undefined && wasLost(flow.task.error ?? flow.error, only)
  if (lost) {
    /** What failed is over, whatever follows. */
    const after =
      <A extends unknown[]>(follow: (...of: A) => void) =>
      (...of: A) => {
        flow.task.reset()
        follow(...of)
      }
    const { onMove, onAnother } = ways
    const next = { onMove: after(onMove), onAnother: after(onAnother), onClose: after(onClose) }
    return <ConflictSheet domain={only} tenant={tenant} isRace {...next} />
  }
  const title =
    intent.intent === 'move_domains' && only !== undefined
      ? rich('conflict.move.title', { domain: <Mono key="domain">{only}</Mono>, name: <bdi key="name">{name}</bdi> })
      : rich('domain.add.title', { name: <bdi key="name">{name}</bdi> })
  return (
    <Dialog title={title} isOpen onClose={close} isBusy={flow.isBusy}>
      <div className="plan-body">{flow.body}</div>
      <footer className="pane-foot">{flow.footer}</footer>
    </Dialog>
  )
}

/** Whether somebody got the domain between the plan and its writing. */
function wasLost(error: unknown, domain: string): boolean {
  const known = appError(error)
  if (known?.code === 'domain_taken') return known.domain === domain
  if (known?.code !== 'stale') return false
  return known.fresh.findings.some((found) => found.finding === 'domain_taken' && found.domain === domain)
}

/** The dialog gives the focus back to where it was; the cursor goes to the field after that. */
function focusField(form: RefObject<HTMLFormElement | null>) {
  setTimeout(() => {
    const field = form.current?.querySelector<HTMLInputElement>('input[name=domain]')
    field?.focus()
    field?.select()
  }, 60)
}
