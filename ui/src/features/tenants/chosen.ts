import { useSyncExternalStore } from 'react'

/** The tenants that are chosen, by their schemas. They stay chosen when one looks at another screen in between. */
const NONE: ReadonlySet<string> = new Set()

let chosen = NONE
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useChosen = () => useSyncExternalStore(subscribe, () => chosen)

export function choose(next: ReadonlySet<string>) {
  chosen = next
  for (const listener of listeners) listener()
}

export const chooseNone = () => choose(NONE)
