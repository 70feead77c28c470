import { CircleCheck, CircleSlash, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from './Badge'

/** What would become of one of many: those that are left out come first in a list. */
export type Readiness = 'refused' | 'nothing' | 'ready'

export function ReadyMark({ state, children }: { state: Readiness; children: ReactNode }) {
  if (state === 'nothing') return <Badge icon={<Minus size={14} aria-hidden />}>{children}</Badge>
  const isReady = state === 'ready'
  const Icon = isReady ? CircleCheck : CircleSlash
  return (
    <Badge tone={isReady ? 'good' : 'bad'} icon={<Icon size={14} aria-hidden />}>
      {children}
    </Badge>
  )
}
