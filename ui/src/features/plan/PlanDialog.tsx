import type { ReactNode } from 'react'
import type { Intent } from '../../ipc/client'
import { Dialog } from '../../shared/Dialog'
import { useText } from '../../shared/text'
import { usePlanFlow } from './usePlanFlow'

type Props = {
  title: ReactNode
  intent: Intent
  name: string
  slot: string
  onClose: () => void
  /** Called when the dialog of a plan that was applied is closed. */
  onDone?: () => void
} & Pick<Parameters<typeof usePlanFlow>[0], 'onApplied' | 'confirm' | 'done'>

/** A plan over the screen it was asked for on. */
export function PlanDialog({ title, onClose, onDone, ...of }: Props) {
  const { t } = useText()
  const close = () => {
    flow.task.reset()
    if (flow.task.status === 'done') onDone?.()
    onClose()
  }
  const flow = usePlanFlow({ ...of, back: { label: t('plan.cancel'), onPress: onClose }, close })
  return (
    <Dialog title={title} isOpen onClose={close} isBusy={flow.isBusy}>
      <div className="plan-body">{flow.body}</div>
      <footer className="pane-foot">{flow.footer}</footer>
    </Dialog>
  )
}
