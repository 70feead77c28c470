import './button.css'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'

type Props = Omit<ButtonProps, 'className' | 'children'> & {
  /** `primary` once on a screen at most: the one thing to do next. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: ReactNode
  children?: ReactNode
  'data-testid'?: string
}

export function Button({ variant = 'plain', icon, children, ...props }: Props) {
  return (
    <AriaButton {...props} className={`button ${variant}${children ? '' : ' icon-only'}`}>
      {icon}
      {children && <span className="button-text">{children}</span>}
    </AriaButton>
  )
}
