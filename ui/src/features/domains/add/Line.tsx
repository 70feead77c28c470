import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { icon: LucideIcon; tone?: 'good' | 'bad' | 'note'; children: ReactNode }

/** One thing to know about a name. */
export function Line({ icon: Icon, tone, children }: Props) {
  return (
    <span className={tone ? `verdict-line ${tone}` : 'verdict-line'}>
      <Icon size={14} aria-hidden />
      <span className="wrap">{children}</span>
    </span>
  )
}
