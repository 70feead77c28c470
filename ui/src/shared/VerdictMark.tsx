import { CircleCheck, CircleX, Eye } from 'lucide-react'
import type { Verdict } from '../ipc/client'
import { Badge, type Tone } from './Badge'
import { useText } from './text'

const TONES: Record<Verdict, Tone> = { failed: 'bad', notice: 'note', passed: 'good' }
const ICONS = { failed: CircleX, notice: Eye, passed: CircleCheck }

export function VerdictMark({ verdict, word = true }: { verdict: Verdict; word?: boolean }) {
  const { t } = useText()
  const Icon = ICONS[verdict]
  const name = t(`verdict.${verdict}`)
  const icon = <Icon size={14} aria-hidden={word ? true : undefined} aria-label={word ? undefined : name} />
  return (
    <Badge tone={TONES[verdict]} icon={icon}>
      {word && name}
    </Badge>
  )
}
