import {
  ArrowRightLeft,
  CircleSlash,
  CircleX,
  CornerDownRight,
  Copy as Double,
  KeyRound,
  Minus,
  OctagonX,
  Plus,
  Star,
  UserX,
} from 'lucide-react'
import { Badge, type Tone } from '../../../shared/Badge'
import { useText } from '../../../shared/text'
import type { ImportState } from './rowState'

const MARKS = {
  new: [Plus, 'good'],
  rewritten: [CornerDownRight, 'good'],
  primary: [Star, 'good'],
  moved: [ArrowRightLeft, 'note'],
  skipped: [CircleSlash, 'plain'],
  stops: [OctagonX, 'bad'],
  same: [Minus, 'plain'],
  invalid: [CircleX, 'bad'],
  repeats: [Double, 'bad'],
  no_tenant: [UserX, 'bad'],
  unproven: [KeyRound, 'bad'],
} as const satisfies Record<ImportState, [unknown, Tone]>

export function StateMark({ state }: { state: ImportState }) {
  const { t } = useText()
  const [Icon, tone] = MARKS[state]
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      {t(`import.state.${state}`)}
    </Badge>
  )
}
