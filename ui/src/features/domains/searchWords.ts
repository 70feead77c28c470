import type { ListSearch } from '../../app/search'
import type { DomainQuery, DomainSort, DomainState } from '../../ipc/client'
import type { Sort } from '../../shared/gridSort'

/** The gravest first, as one looks for them. */
export const STATES = [
  'unreachable',
  'misdirected',
  'insecure',
  'unproven',
  'expiring',
  'unchecked',
  'live',
  'local',
] as const satisfies DomainState[]

export const KINDS = ['primary', 'alias', 'development'] as const
export const OPERATORS = ['tenant:', 'state:', 'kind:'] as const

export const GIVEN: Sort = { column: 'tenant', desc: false }
const SORTS: DomainSort[] = ['tenant', 'domain', 'kind', 'state', 'checked']

/** What the engine is asked for. */
export const queryOf = (text: string, { column, desc }: Sort): DomainQuery => ({
  text: text.trim(),
  sort: SORTS.find((sort) => sort === column) ?? 'tenant',
  descending: desc,
})

/** What a view is: everything in the route that says which domains are shown, and how. */
export const viewOf = ({ q, sort, dir }: ListSearch): ListSearch => ({
  ...(q && { q }),
  ...(sort && { sort }),
  ...(dir && { dir }),
})

const words = (text: string) => text.split(/\s+/).filter(Boolean)

export const hasWord = (text: string, word: string) => words(text.toLowerCase()).includes(word)

/** The search with a word more, or without it. */
export function toggleWord(text: string, word: string): string {
  const others = words(text).filter((known) => known.toLowerCase() !== word)
  return others.length < words(text).length ? others.join(' ') : [...others, word].join(' ')
}

/** The search without what narrows it by state. */
export const withoutStates = (text: string) =>
  words(text)
    .filter((word) => !word.toLowerCase().startsWith('state:'))
    .join(' ')

/** The word that is being typed, and what stands before it. */
export function lastWord(text: string): { before: string; word: string } {
  const word = /\S*$/.exec(text)?.[0] ?? ''
  return { before: text.slice(0, text.length - word.length), word }
}
