import { CircleArrowUp, CircleCheck, CircleHelp, CircleX, Pencil, TriangleAlert } from 'lucide-react'
import type { CopyState } from '../../../ipc/client'
import { Badge, type Tone } from '../../../shared/Badge'
import { useText } from '../../../shared/text'

export const TONES: Record<CopyState, Tone> = {
  conflicting: 'bad',
  behind: 'note',
  edited: 'plain',
  unknown: 'plain',
  no_tables: 'bad',
  in_step: 'good',
}

export const ICONS = {
  conflicting: TriangleAlert,
  behind: CircleArrowUp,
  edited: Pencil,
  unknown: CircleHelp,
  no_tables: CircleX,
  in_step: CircleCheck,
}

/** Where a tenant's copy stands: a colour, a sign and a word. */
export function CopyMark({ state }: { state: CopyState }) {
  const { t } = useText()
  const Icon = ICONS[state]
  return (
    <Badge tone={TONES[state]} icon={<Icon size={14} aria-hidden />}>
      {t(`fleet.state.${state}`)}
    </Badge>
  )
}
