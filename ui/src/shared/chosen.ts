import { useSyncExternalStore } from 'react'

const NONE: ReadonlySet<string> = new Set()

/** Rows of a list that are chosen, by their keys. They stay chosen when one looks at another screen in between. */
export function makeChosen() {
  let chosen = NONE
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const choose = (next: ReadonlySet<string>) => {
    chosen = next
    for (const listener of listeners) listener()
  }
  return {
    useChosen: () => useSyncExternalStore(subscribe, () => chosen),
    choose,
    chooseNone: () => choose(NONE),
    /** One that is gone is chosen no longer. */
    unchoose: (key: string) => choose(new Set([...chosen].filter((known) => known !== key))),
  }
}
