import { ArrowRightLeft, Minus, Plus } from 'lucide-react'
import type { DifferenceKind } from '../../../ipc/client'
import { Badge, type Tone } from '../../../shared/Badge'
import { useText } from '../../../shared/text'

const TONES: Record<DifferenceKind, Tone> = { added: 'good', changed: 'note', removed: 'bad' }
const ICONS = { added: Plus, changed: ArrowRightLeft, removed: Minus }

export function DifferenceMark({ kind }: { kind: DifferenceKind }) {
  const { t } = useText()
  const Icon = ICONS[kind]
  return (
    <Badge tone={TONES[kind]} icon={<Icon size={14} aria-hidden />}>
      {t(`catalog.difference.${kind}`)}
    </Badge>
  )
}
