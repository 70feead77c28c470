import { useQuery } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'
import { makeChosen } from '../../shared/chosen'

/** The domains that are chosen, by their names. */
const { useChosen, choose, chooseNone, unchoose } = makeChosen()

export { unchoose, useChosen }

/** The search in which all of them were chosen, where it was one. */
let chosenIn: string | null = null

export function chooseIn(text: string, next: ReadonlySet<string>, before: ReadonlySet<string>) {
  chosenIn = before.size === 0 || chosenIn === text ? text : null
  choose(next)
}

export function forgetChosen() {
  chosenIn = null
  chooseNone()
}

/** How many of those that are chosen a search finds; nothing while that is being looked up. */
export function useChosenWithin(text: string, chosen: ReadonlySet<string>): number | undefined {
  const isKnown = chosen.size === 0 || text === '' || chosenIn === text
  const names = useQuery({
    queryKey: ['domain-names', text],
    queryFn: () => call(commands.domainNames({ text })),
    enabled: !isKnown,
  }).data
  if (isKnown) return chosen.size
  return names?.filter((name) => chosen.has(name)).length
}
