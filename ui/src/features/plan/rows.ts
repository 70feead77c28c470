import type { CatalogRows, RowKey } from '../../ipc/client'

/** A row of the catalog as people name it: a category, an atom’s slug, a slug with a version. */
export const rowName = ({ key, version }: RowKey) => (version ? `${key} ${version}` : key)

/** The same for the machine: no two rows have it in common. */
export const rowId = ({ part, key, version }: RowKey) => `${part}\n${key}\n${version ?? ''}`

/** All rows, by name. */
export function rowNames({ categories = [], atoms = [], versions = {} }: CatalogRows): string[] {
  const its = Object.entries(versions).flatMap(([slug, of]) => of.map((version) => `${slug} ${version}`))
  return [...categories, ...atoms, ...its]
}

export function countRows({ categories = [], atoms = [], versions = {} }: CatalogRows): number {
  return categories.length + atoms.length + Object.values(versions).reduce((sum, of) => sum + of.length, 0)
}
