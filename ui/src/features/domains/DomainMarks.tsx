import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  KeyRound,
  Laptop,
  LockOpen,
  type LucideIcon,
  Signpost,
} from 'lucide-react'
import type { DomainState, ListedDomain } from '../../ipc/client'
import { Badge, type Tone } from '../../shared/Badge'
import { Door } from '../../shared/Door'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'

const STATE_MARKS: Record<DomainState, { icon: LucideIcon; tone: Tone }> = {
  unreachable: { icon: CircleX, tone: 'bad' },
  misdirected: { icon: Signpost, tone: 'bad' },
  insecure: { icon: LockOpen, tone: 'bad' },
  unproven: { icon: KeyRound, tone: 'note' },
  expiring: { icon: Hourglass, tone: 'note' },
  unchecked: { icon: CircleDashed, tone: 'plain' },
  live: { icon: CircleCheck, tone: 'good' },
  local: { icon: Laptop, tone: 'plain' },
}

/** How a domain is, in one word. */
export function DomainStateMark({ state }: { state: DomainState }) {
  const { t } = useText()
  const { icon: Icon, tone } = STATE_MARKS[state]
  return (
    <span className="row" title={t(`domain.state.${state}.text`)}>
      <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
        {t(`domain.state.${state}`)}
      </Badge>
    </span>
  )
}

type Kind = Pick<ListedDomain, 'primary' | 'kind'>

export function KindMark({ primary, kind }: Kind) {
  const { t } = useText()
  const is = kind === 'development' ? kind : primary ? 'primary' : 'alias'
  return <Badge icon={<Door lit={primary} />}>{t(`domains.kind.${is}`)}</Badge>
}

/** A domain as people read it, and beneath it as it is stored, where that differs. */
export function DomainForms({ domain, unicode }: { domain: string; unicode: string }) {
  if (unicode === domain) return <CutName mono>{domain}</CutName>
  return (
    <span className="grid-two tight">
      <CutName mono>{unicode}</CutName>
      <span className="muted small cut">
        <CutName mono>{domain}</CutName>
      </span>
    </span>
  )
}
