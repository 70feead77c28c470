import './notice.css'
import { CircleCheck, CircleX, Info, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const ICONS = { good: CircleCheck, bad: CircleX, note: Info }

type Props = {
  tone: 'good' | 'bad' | 'note'
  title: ReactNode
  /** Where the usual one of the tone says too little. */
  icon?: LucideIcon
  children?: ReactNode
  actions?: ReactNode
  'data-testid'?: string
}

/** What became of something, said where it was asked for. */
export function Notice({ tone, title, icon, children, actions, ...rest }: Props) {
  const Icon = icon ?? ICONS[tone]
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'} {...rest}>
      <Icon size={16} aria-hidden />
      <div className="notice-body">
        <p className="notice-title wrap">{title}</p>
        {children}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}
