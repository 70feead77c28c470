import { CircleCheck, CirclePause, CircleSlash, CircleX } from 'lucide-react'
import type { Job } from '../../ipc/client'
import { Badge, type Tone } from '../../shared/Badge'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'

const TONES: Record<Job['state'], Tone> = { running: 'plain', paused: 'note', cancelled: 'plain', finished: 'good' }
const ICONS = { paused: CirclePause, cancelled: CircleSlash, finished: CircleCheck }

export function JobStateBadge({ job: { state, failed } }: { job: Job }) {
  const { t } = useText()
  const words = t(`jobs.state.${state}`)
  if (state === 'running') return <Badge icon={<Spinner small />}>{words}</Badge>
  if (state === 'finished' && failed > 0) {
    return (
      <Badge tone="bad" icon={<CircleX size={14} aria-hidden />}>
        {words}
      </Badge>
    )
  }
  const Icon = ICONS[state]
  return (
    <Badge tone={TONES[state]} icon={<Icon size={14} aria-hidden />}>
      {words}
    </Badge>
  )
}
