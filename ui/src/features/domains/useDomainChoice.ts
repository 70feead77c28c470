import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call, commands, type DomainQuery, type ListedDomain } from '../../ipc/client'
import type { Choice } from '../../shared/gridChoice'
import { useText } from '../../shared/text'
import { chooseIn, useChosen, useChosenWithin } from './chosen'
import type { DomainRows } from './useDomainRows'

/** All that a search finds, to be chosen or not, beside those that are. */
type Wish = { on: boolean; query: DomainQuery; chosen: ReadonlySet<string> }

/** Which domains are chosen. All that a search finds are asked for by name, so that exactly these are meant. */
export function useDomainChoice({ query, data }: DomainRows) {
  const { t } = useText()
  const { text = '' } = query
  const matching = data?.matching ?? 0
  const chosen = useChosen()
  const within = useChosenWithin(text, chosen)
  const { mutate: chooseAll, error: failure } = useMutation({
    // What is asked goes along: a click may come before the hook has heard of a new search.
    mutationFn: async ({ query }: Wish) => await call(commands.domainNames(query)),
    onSuccess: (names, { on, query: { text = '' }, chosen }) => {
      const next = new Set(chosen)
      for (const name of names) {
        if (on) next.add(name)
        else next.delete(name)
      }
      chooseIn(text, next, chosen)
    },
  })
  const choice = useMemo(
    (): Choice<ListedDomain> => ({
      chosen,
      onChange: (next) => chooseIn(text, next, chosen),
      label: ({ unicode }) => t('domains.choose', { name: unicode }),
      all: {
        isAll: within !== undefined && within > 0 && within === matching,
        isSome: within !== undefined && within > 0 && within < matching,
        set: (on) => chooseAll({ on, query, chosen }),
      },
    }),
    [chosen, chooseAll, matching, query, t, text, within],
  )
  return { chosen, within, choice, chooseAll: () => chooseAll({ on: true, query, chosen }), failure }
}
