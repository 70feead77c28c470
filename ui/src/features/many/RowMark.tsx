import { CircleCheck, CircleSlash, CircleX, Clock, Minus, Plus } from 'lucide-react'
import { Badge, type Tone } from '../../shared/Badge'
import { useText } from '../../shared/text'
import type { RowState } from './rowState'

const MARKS = {
  new: [Plus, 'good'],
  created: [CircleCheck, 'good'],
  failed: [CircleX, 'bad'],
  waiting: [Clock, 'plain'],
  exists: [Minus, 'plain'],
  bad: [CircleSlash, 'bad'],
} as const satisfies Record<RowState, [unknown, Tone]>

export function RowMark({ state }: { state: RowState }) {
  const { t } = useText()
  const [Icon, tone] = MARKS[state]
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      {t(`many.row.${state}`)}
    </Badge>
  )
}
