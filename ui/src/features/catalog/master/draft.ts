import type { CatalogEdit, MasterAtom, MasterCatalog, MasterVersion, Problem } from '../../../ipc/client'
import { newestFirst, nextVersion, pretty } from './versions'

/** A version as it is typed. `saved` is what the master catalog has of it. */
export type VersionDraft = MasterVersion & { id: number; saved: MasterVersion | null }

/** An atom as it is typed, the newest version first, and the versions that are to go. */
export type AtomDraft = Omit<MasterAtom, 'versions'> & {
  /** The slug follows the name until it is edited by hand. */
  slugEdited: boolean
  versions: VersionDraft[]
  removed: string[]
}

let ids = 0
const nextId = () => {
  ids += 1
  return ids
}

const BLANK: MasterVersion = { version: '1.0', releaseDate: null, releaseNotes: '', configSchema: '{}', isActive: true }

export const today = () => new Date().toISOString().slice(0, 10)

/** A version that is not in the master catalog yet: like another one, where there is one. */
export function versionLike(from: MasterVersion | undefined, known: MasterVersion[] = []): VersionDraft {
  const { version, configSchema } = from ?? BLANK
  return {
    ...BLANK,
    version: from ? nextFree(version, known) : version,
    releaseDate: today(),
    configSchema,
    id: nextId(),
    saved: null,
  }
}

function nextFree(from: string, known: MasterVersion[]): string {
  const next = nextVersion(from)
  return known.some(({ version }) => version === next) ? nextFree(next, known) : next
}

export function draftOf(saved: MasterAtom | null): AtomDraft {
  if (!saved) {
    return {
      slug: '',
      name: '',
      description: '',
      category: '',
      slugEdited: false,
      versions: [versionLike(undefined)],
      removed: [],
    }
  }
  const versions = newestFirst(saved.versions).map((version) => ({
    ...version,
    configSchema: pretty(version.configSchema),
    id: nextId(),
    saved: version,
  }))
  return { ...saved, slugEdited: true, versions, removed: [] }
}

/** A slug as the platform's own application makes one from a name. */
export const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, '')
    .trim()
    .replace(/[\s_-]+/g, '-')
    .slice(0, 100)

const isKept = (draft: AtomDraft) => (version: VersionDraft) => !draft.removed.includes(version.version)

/** Those that are new or not as they are saved. */
const touched = (draft: AtomDraft) => draft.versions.filter(isKept(draft)).filter(isTouched)

export function isTouched({ saved, ...draft }: VersionDraft): boolean {
  if (!saved) return true
  return (
    draft.releaseDate !== saved.releaseDate ||
    draft.releaseNotes !== saved.releaseNotes ||
    draft.isActive !== saved.isActive ||
    draft.configSchema !== pretty(saved.configSchema)
  )
}

/** What is to be changed in the master catalog, or nothing. */
export function editOf(draft: AtomDraft, saved: MasterAtom | null, catalog: MasterCatalog): CatalogEdit | null {
  const slug = draft.slug.trim()
  const category = draft.category.trim()
  const own = { slug, name: draft.name.trim(), description: draft.description.trim(), category }
  const versions = touched(draft).map(({ id: _, saved: __, ...version }) => ({
    ...version,
    version: version.version.trim(),
    configSchema: version.configSchema.trim() || '{}',
  }))
  const isSame =
    saved !== null &&
    own.name === saved.name &&
    own.description === saved.description.trim() &&
    own.category === saved.category
  const isNew = category !== '' && !catalog.categories.some(({ name }) => name === category)
  const edit = {
    categories: isNew ? [{ name: category, description: '' }] : [],
    atoms: isSame && versions.length === 0 ? [] : [{ ...own, versions }],
    removeVersions: draft.removed.map((version) => ({ slug, version })),
  }
  return edit.atoms.length + edit.removeVersions.length > 0 ? edit : null
}

/** The problems of one of the atom's own fields. */
export const problemsAt = (problems: Problem[], field: string) =>
  problems.filter((problem) => problem.field === `atoms[0].${field}`)

/** The problems of a version's field. The engine counts those that are sent to it. */
export function versionProblems(draft: AtomDraft, id: number, problems: Problem[], field: string): Problem[] {
  const at = touched(draft).findIndex((version) => version.id === id)
  return at < 0 ? [] : problemsAt(problems, `versions[${at}].${field}`)
}

const FIELDS = /^atoms\[0\]\.(slug|name|description|category|versions\[\d+\]\.\w+)$/

/** Problems that have no field here. */
export const elsewhere = (problems: Problem[]) =>
  problems.filter(({ field }) => !FIELDS.test(field) && field !== 'categories[0].name')

/** What was typed stays when one looks at something else in between. */
const kept = new Map<string, AtomDraft>()

export const keptDraft = (key: string) => kept.get(key)
export const keepDraft = (key: string, draft: AtomDraft) => void kept.set(key, draft)
export const dropDraft = (key: string) => void kept.delete(key)
export const forgetAtomDrafts = () => kept.clear()
