import type { DomainCounts, Tenant } from '../../ipc/client'
import type { Text } from '../../shared/text'
import { KINDS, lastWord, OPERATORS, STATES } from './searchWords'

/** What the search would be, in a word and with what there is to say about it. */
export type Suggestion = { id: string; word: string; hint: string; count?: number }

const MOST = 8

/** What may come of the word that is being typed. */
export function suggestions(
  { t }: Pick<Text, 't'>,
  text: string,
  tenants: Tenant[] | undefined,
  counts: DomainCounts | undefined,
): Suggestion[] {
  const { before, word } = lastWord(text)
  const typed = word.toLowerCase()
  const of = (found: string, hint: string, rest = ' ') => ({ id: `${before}${found}${rest}`, word: found, hint })
  const at = OPERATORS.find((operator) => typed.startsWith(operator))
  const value = typed.slice(at?.length)
  switch (at) {
    case undefined:
      return OPERATORS.filter((operator) => operator.startsWith(typed)).map((operator) =>
        of(operator, t(`suggest.${operator === 'tenant:' ? 'tenant' : operator === 'state:' ? 'state' : 'kind'}`), ''),
      )
    case 'state:': {
      const states = STATES.filter((state) => state.startsWith(value)).map((state): Suggestion => {
        const count = counts?.states.find((known) => known.state === state)?.count ?? 0
        return { ...of(`state:${state}`, t(`domain.state.${state}.text`)), count }
      })
      // How many there are is known only once they are looked for.
      return 'taken'.startsWith(value) ? [...states, of('state:taken', t('suggest.taken'))] : states
    }
    case 'kind:':
      return KINDS.filter((kind) => kind.startsWith(value)).map((kind) => of(`kind:${kind}`, t(`domains.kind.${kind}`)))
    case 'tenant:':
      return (tenants ?? [])
        .filter(({ name, schema }) => name.toLowerCase().includes(value) || schema.toLowerCase().includes(value))
        .filter(({ schema }) => !/\s/.test(schema))
        .slice(0, MOST)
        .map(({ schema, name }) => of(`tenant:${schema}`, name))
  }
}
