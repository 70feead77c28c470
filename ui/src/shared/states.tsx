import './states.css'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { Spinner } from './Spinner'
import { useText } from './text'

type Place = { title: ReactNode; children?: ReactNode; actions?: ReactNode }

/** There is nothing yet. */
export function Empty({ title, children, actions, art }: Place & { art?: ReactNode }) {
  return (
    <div className="state" data-testid="empty">
      {art}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="state-actions">{actions}</div>}
    </div>
  )
}

/** It is not here yet. Said only when it takes longer than a blink. */
export function Loading({ label }: { label?: string }) {
  const { t } = useText()
  return (
    <div className="state late" data-testid="loading" role="status">
      <Spinner />
      <p>{label ?? t('app.loading')}</p>
    </div>
  )
}

/** There is something, but nothing that was searched for. */
export function NoMatch({ query, text, onClear }: { query: string; text: string; onClear: () => void }) {
  const { t, rich } = useText()
  return (
    <div className="state" data-testid="no-match" role="status">
      <SearchX size={24} strokeWidth={1.5} aria-hidden />
      <h2 className="wrap">{query ? rich('nomatch.title', { query: <bdi>{query}</bdi> }) : text}</h2>
      {query && <p>{text}</p>}
      <div className="state-actions">
        <Button onPress={onClear}>{t('nomatch.clear')}</Button>
      </div>
    </div>
  )
}
