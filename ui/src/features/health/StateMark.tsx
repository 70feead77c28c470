import { CircleCheck, CircleX, Eye, OctagonAlert } from 'lucide-react'
import { Badge, type Tone } from '../../shared/Badge'
import { useText } from '../../shared/text'
import type { State } from './state'

const TONES: Record<State, Tone> = { grave: 'bad', wrong: 'bad', notice: 'note', clean: 'good' }
const ICONS = { grave: OctagonAlert, wrong: CircleX, notice: Eye, clean: CircleCheck }

export function StateMark({ state }: { state: State }) {
  const { t } = useText()
  const Icon = ICONS[state]
  return (
    <Badge tone={TONES[state]} icon={<Icon size={14} aria-hidden strokeWidth={state === 'grave' ? 2.5 : 2} />}>
      {state === 'grave' ? <strong>{t('severity.grave')}</strong> : t(`severity.${state}`)}
    </Badge>
  )
}
