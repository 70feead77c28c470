import type { Inspected } from '../../../ipc/client'

/** Names near the one that is taken, to ask the engine which of them are free. */
export function variantsOf({ name, place }: Inspected): string[] {
  if (!name || !place) return []
  const { stored } = name
  const [first = '', ...rest] = stored.split('.')
  const parent = rest.join('.')
  switch (place.place) {
    case 'apex':
      return ['app', 'shop', 'my'].map((label) => `${label}.${stored}`)
    case 'local':
      return /^[\d.]+$/.test(stored) ? [] : ['app', 'dev'].map((label) => `${label}.${stored}`)
    default: {
      const others = ['app', 'shop', 'my'].filter((label) => label !== first)
      return [`${first}2`, ...others].map((label) => `${label}.${parent}`)
    }
  }
}
