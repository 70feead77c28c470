import './badge.css'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'bad' | 'note' | 'plain' | 'accent'

/** A state: a colour, an icon and a word, so that none of them has to be enough. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`badge ${tone}`}>
      {icon}
      <span>{children}</span>
    </span>
  )
}
