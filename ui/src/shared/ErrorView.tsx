import './notice.css'
import type { ReactNode } from 'react'
import { appError } from '../ipc/client'
import { Blockers } from './Blockers'
import { Button } from './Button'
import { errorWords } from './errorWords'
import { Notice } from './Notice'
import { OwnerLink } from './OwnerLink'
import { ProblemList } from './ProblemList'
import { useText } from './text'

type Props = { error: unknown; onRetry?: () => void; actions?: ReactNode; hideProblems?: boolean }

/** What was not done, why, and what would do. */
export function ErrorView({ error, onRetry, actions, hideProblems }: Props) {
  const text = useText()
  const known = appError(error)
  const retry = onRetry && <Button onPress={onRetry}>{text.t('app.retry')}</Button>
  if (!known) {
    return (
      <Notice tone="bad" title={text.t('app.error.unknown')} actions={retry} data-testid="error">
        <p className="wrap selectable">{error instanceof Error ? error.message : String(error)}</p>
      </Notice>
    )
  }
  const { title, body } = errorWords(text, known)
  return (
    <Notice
      tone={known.code === 'cancelled' ? 'note' : 'bad'}
      title={title}
      actions={
        (retry || actions) && (
          <>
            {retry}
            {actions}
          </>
        )
      }
      data-testid="error"
    >
      <p className="wrap selectable">{body}</p>
      {known.code === 'invalid' && !hideProblems && <ProblemList problems={known.problems} />}
      {known.code === 'busy' && <Blockers blockers={known.blockers} />}
      {known.code === 'no_atom_tables' && (
        <OwnerLink owner={{ schema: known.schema, name: known.schema }} tab="verify" />
      )}
    </Notice>
  )
}
