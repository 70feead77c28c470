import { CircleCheck, CircleHelp, CircleSlash, Minus } from 'lucide-react'
import type { SyncOutcome } from '../../../app/search'
import type { TenantSync } from '../../../ipc/client'
import { Badge, type Tone } from '../../../shared/Badge'
import { useText } from '../../../shared/text'

/** Whether it is said by a receipt or by a comparison makes no other outcome. */
export const outcomeOf = ({ outcome: { outcome } }: TenantSync): SyncOutcome =>
  outcome === 'in_step_by_receipt' ? 'in_step' : outcome

export const TONES: Record<SyncOutcome, Tone> = { undecided: 'note', refused: 'bad', ready: 'good', in_step: 'plain' }
export const ICONS = { undecided: CircleHelp, refused: CircleSlash, ready: CircleCheck, in_step: Minus }

export function OutcomeMark({ tenant }: { tenant: TenantSync }) {
  const { t } = useText()
  const state = outcomeOf(tenant)
  const Icon = ICONS[state]
  return (
    <Badge tone={TONES[state]} icon={<Icon size={14} aria-hidden />}>
      {t(`sync.outcome.${tenant.outcome.outcome}`)}
    </Badge>
  )
}
