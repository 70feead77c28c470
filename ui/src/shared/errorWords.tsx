import type { ReactNode } from 'react'
import { type AppError, appError, type Owner, type Reference } from '../ipc/client'
import { OwnerLink } from './OwnerLink'
import type { Text } from './text'

/** Why something failed, in one line. */
export function reasonOf(text: Text, error: unknown): ReactNode {
  const known = appError(error)
  if (!known) return error instanceof Error ? error.message : String(error)
  return known.code === 'refused' ? refusal(text, known) : errorWords(text, known).title
}

/** Their subject is no tenant. */
const OF_THE_CATALOG = ['no_release', 'no_such_release', 'nothing_to_release']

/** What happened, and what would do. */
export function errorWords(text: Text, error: AppError) {
  const { rich, list } = text
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
    case 'refused':
      values.why = refusal(text, error)
      if (OF_THE_CATALOG.includes(error.why)) values.subject = text.t('change.master')
      break
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

function refusal({ rich, list }: Text, error: Extract<AppError, { code: 'refused' }>) {
  const { why, subject: _, code: __, ...rest } = error
  const values = 'references' in rest ? { ...rest, references: rest.references.map(named) } : rest
  return rich(`refusal.${why}`, inWords(values, list))
}

/** Which column of which table, and how many rows. */
export const named = ({ table, column, version, rows }: Reference) =>
  `${table}.${column}${version && ` → ${version}`} (${rows})`

/** Values for a message: lists become enumerations, and what is not there is `none`. */
function inWords(values: Record<string, string | number | string[] | null>, list: Text['list']) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? list(value) : (value ?? 'none')]),
  )
}
