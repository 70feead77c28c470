import './notice.css'
import type { ReactNode } from 'react'
import { type AppError, appError, type Owner } from '../ipc/client'
import { Blockers } from './Blockers'
import { Button } from './Button'
import { Notice } from './Notice'
import { OwnerLink } from './OwnerLink'
import { ProblemList } from './ProblemList'
import { type Text, useText } from './text'

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
  const { title, body } = describe(text, known)
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

function describe({ rich, list }: Text, error: AppError) {
  const values: Record<string, ReactNode> = {}
  for (const [key, value] of Object.entries(error)) {
    if (typeof value === 'string') values[key] = <bdi key={key}>{value}</bdi>
  }
  const owner = (of: Owner) => <OwnerLink owner={of} taken />
  switch (error.code) {
    case 'invalid':
      values.count = error.problems.length
      break
    case 'domain_taken':
    case 'primary_domain_needed':
      values.owner = owner(error.owner)
      break
    case 'tenant_differs':
      values.owner = owner(error.existing)
      values.differences = list(error.differences)
      break
    case 'not_a_template':
      values.obstacles = list(error.obstacles.map(({ object, needs }) => (needs ? `${object} → ${needs}` : object)))
      break
    case 'refused': {
      const { why, subject: _, code: __, ...rest } = error
      values.why = rich(`refusal.${why}`, inWords(rest, list))
      break
    }
    case 'clone_differs':
      values.differences = list(error.differences)
      break
    case 'not_a_platform': {
      const { found, ...rest } = error.found
      values.found = rich(`found.${found}`, inWords(rest, list))
      break
    }
    case 'read_only': {
      const { why, ...rest } = error.reason
      values.reason = rich(`read_only.${why}`, inWords(rest, list))
      break
    }
    case 'depended_on':
      values.objects = list(error.objects)
      break
  }
  return { title: rich(`error.${error.code}.title`, values), body: rich(`error.${error.code}.text`, values) }
}

/** Values for a message: lists become enumerations. */
function inWords(values: Record<string, string | number | string[]>, list: Text['list']) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? list(value) : value]),
  )
}
