import type { MasterAtom, MasterVersion } from '../../../ipc/client'
import { collator } from '../../../shared/format'

/** Something that is worked out once for each atom: a list of twenty thousand asks for it at every key and every step. */
function once<T>(of: (atom: MasterAtom) => T) {
  const known = new WeakMap<MasterAtom, { value: T }>()
  return (atom: MasterAtom): T => {
    const found = known.get(atom) ?? { value: of(atom) }
    known.set(atom, found)
    return found.value
  }
}

/** What an atom is found by. */
export const textOf = once(({ name, slug, category }) => `${name}\n${slug}\n${category}`.toLowerCase())

export const newestOf = once(({ versions }) => newestFirst(versions)[0]?.version ?? '')

export const isActive = (atom: MasterAtom) => atom.versions.some((version) => version.isActive)

/** By their numbers, as people count: 1.10 comes after 1.9. */
export const newestFirst = <T extends Pick<MasterVersion, 'version'>>(versions: T[]): T[] =>
  versions.toSorted((a, b) => collator.compare(b.version, a.version))

/** The number that would come next: 1.9 → 1.10. */
export function nextVersion(version: string): string {
  const last = /^(.*?)(\d+)(\D*)$/.exec(version)
  return last ? `${last[1]}${Number(last[2]) + 1}${last[3]}` : `${version}.1`
}

export const isBlankSchema = (json: string) => json.trim() === '' || /^\{\s*\}$/.test(json.trim())

/** JSON as people read it. What is none stays as it is. */
export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
