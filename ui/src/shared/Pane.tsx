import './pane.css'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { useText } from './text'

type Props = {
  label: string
  title: ReactNode
  subtitle?: ReactNode
  actions?: ReactNode
  footer?: ReactNode
  onClose?: () => void
  children: ReactNode
  'data-testid'?: string
}

/** The place beside a list, for one of its rows or for a task. */
export function Pane({ label, title, subtitle, actions, footer, onClose, children, ...rest }: Props) {
  const { t } = useText()
  return (
    <aside className="pane" aria-label={label} {...rest}>
      <header className="pane-head">
        <div className="grow">
          <h2 className="cut">{title}</h2>
          {subtitle && <div className="pane-subtitle">{subtitle}</div>}
        </div>
        {actions}
        {onClose && (
          <Button
            variant="quiet"
            icon={<X size={16} />}
            aria-label={t('app.close')}
            onPress={() => {
              onClose()
              returnFocus()
            }}
            data-testid="close-panel"
          />
        )}
      </header>
      <div className="pane-body">{children}</div>
      {footer && <footer className="pane-foot">{footer}</footer>}
    </aside>
  )
}

/** The focus was in what is closed; it goes back to where it came from, or to the list where that is gone. */
export function returnFocus(from?: Element | null) {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    const list = document.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')
    const back = from instanceof HTMLElement && from.isConnected && from !== document.body ? from : list
    back?.focus()
  })
}

/** A list, and beside it what was chosen. */
export function Split({ label, list, pane }: { label: string; list: ReactNode; pane: ReactNode }) {
  return (
    <div className={pane ? 'split open' : 'split'}>
      <section className="split-list">
        <h1 className="hidden-visually">{label}</h1>
        {list}
      </section>
      {pane}
    </div>
  )
}
