import { CircleArrowUp, CircleHelp, CircleOff, CirclePlus, House, Minus, Pencil, TriangleAlert } from 'lucide-react'
import type { RowState } from '../../../ipc/client'
import { Badge, type Tone } from '../../../shared/Badge'
import { useText } from '../../../shared/text'

const LOOKS: Record<RowState, { tone: Tone; icon: typeof Pencil }> = {
  new: { tone: 'note', icon: CirclePlus },
  changed: { tone: 'note', icon: CircleArrowUp },
  gone: { tone: 'note', icon: CircleOff },
  left: { tone: 'plain', icon: Minus },
  own: { tone: 'plain', icon: House },
  edited: { tone: 'plain', icon: Pencil },
  removed: { tone: 'plain', icon: Minus },
  edited_and_changed: { tone: 'bad', icon: TriangleAlert },
  removed_and_changed: { tone: 'bad', icon: TriangleAlert },
  edited_and_gone: { tone: 'bad', icon: TriangleAlert },
  added_twice: { tone: 'bad', icon: TriangleAlert },
  unknown: { tone: 'bad', icon: CircleHelp },
}

/** How a row of a tenant stands to a release. */
export function RowMark({ state }: { state: RowState }) {
  const { t } = useText()
  const { tone, icon: Icon } = LOOKS[state]
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      {t(`copy.state.${state}`)}
    </Badge>
  )
}
