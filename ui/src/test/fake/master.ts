import type {
  CatalogEdit,
  Change,
  Intent,
  MasterAtom,
  MasterCatalog,
  Plan,
  Problem,
  Reference,
  Retirement,
  RetirePreview,
  SchemaProblem,
  Usage,
} from '../../ipc/client'
import { problem } from './names'
import { refuse, sealed } from './plans'
import type { FakePlatform, FakeTenant } from './platform'

/** A config schema as the engine reads it, or nearly. */
export function checkSchema(text: string): SchemaProblem[] {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch (error) {
    const before = text.slice(0, Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length))
    const lines = before.split('\n')
    return [{ pointer: '', reason: 'this is no JSON', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }]
  }
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return [{ pointer: '', reason: 'a config schema is a JSON object', line: null, column: null }]
  }
  return wrongTypes(schema as Record<string, unknown>, '')
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

function wrongTypes(schema: Record<string, unknown>, pointer: string): SchemaProblem[] {
  const { type, properties } = schema
  const own =
    typeof type === 'string' && !TYPES.includes(type)
      ? [
          {
            pointer: `${pointer}/type`,
            reason: `"${type}" is no type; there are ${TYPES.join(', ')}`,
            line: null,
            column: null,
          },
        ]
      : []
  const parts = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
  return [...own, ...parts.flatMap(([name, part]) => wrongTypes(part, `${pointer}/properties/${name}`))]
}

const has = (catalog: MasterCatalog, slug: string) => catalog.atoms.find((atom) => atom.slug === slug)

function problemsOf(of: FakePlatform, edit: CatalogEdit): Problem[] {
  const found: Problem[] = []
  for (const [at, { name }] of (edit.categories ?? []).entries()) {
    if (!name) found.push(problem(`categories[${at}].name`, name, { code: 'required' }))
  }
  for (const [at, atom] of (edit.atoms ?? []).entries()) {
    for (const field of ['name', 'slug', 'category'] as const) {
      if (!atom[field]) found.push(problem(`atoms[${at}].${field}`, '', { code: 'required' }))
    }
    for (const [nth, { version, configSchema, releaseNotes }] of atom.versions.entries()) {
      const place = `atoms[${at}].versions[${nth}]`
      if (!version) found.push(problem(`${place}.version`, '', { code: 'required' }))
      const [wrong] = checkSchema(configSchema)
      if (wrong) found.push(problem(`${place}.configSchema`, '', { code: 'file', reason: wrong.reason }))
      const known = of.releases
        .flatMap(({ catalog }) => has(catalog, atom.slug)?.versions ?? [])
        .find((published) => published.version === version)
      if (known && known.releaseNotes !== releaseNotes) {
        const reason = 'this version is published; its content never changes'
        found.push(problem(`${place}.version`, version, { code: 'file', reason }))
      }
    }
  }
  return found
}

export function planEdit(of: FakePlatform, intent: Extract<Intent, { intent: 'edit_catalog' }>): Plan {
  const edit = intent.request
  const problems = problemsOf(of, edit)
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  const nameOf = ({ slug, name, versions }: MasterAtom) => ({
    slug,
    name,
    versions: versions.map(({ version }) => version),
  })
  const atoms = edit.atoms ?? []
  const removed = (edit.removeAtoms ?? []).flatMap((slug) => has(of.catalog, slug) ?? [])
  const change: Change = {
    change: 'edit_catalog',
    categories: (edit.categories ?? []).map(({ name }) => name),
    added: atoms.filter(({ slug }) => !has(of.catalog, slug)).map(nameOf),
    changed: atoms
      .filter(({ slug }) => has(of.catalog, slug))
      .map((atom) => ({
        slug: atom.slug,
        name: atom.name,
        fields: atom.versions.length > 0 ? atom.versions.map(({ version }) => `version ${version}`) : ['description'],
      })),
    removedCategories: edit.removeCategories ?? [],
    removedAtoms: removed.map(nameOf),
    removedVersions: edit.removeVersions ?? [],
  }
  return sealed(intent, 'catalog', [change])
}

/** Changes the master catalog as it was asked for. */
export function writeEdit({ catalog }: FakePlatform, edit: CatalogEdit) {
  for (const category of edit.categories ?? []) {
    catalog.categories = [...catalog.categories.filter(({ name }) => name !== category.name), category]
  }
  catalog.categories = catalog.categories.filter(({ name }) => !edit.removeCategories?.includes(name))
  for (const { versions, ...atom } of edit.atoms ?? []) {
    const old = has(catalog, atom.slug)?.versions ?? []
    const kept = old.filter(({ version }) => !versions.some((next) => next.version === version))
    const all = [...kept, ...versions].sort((a, b) => (a.version < b.version ? -1 : 1))
    catalog.atoms = [...catalog.atoms.filter(({ slug }) => slug !== atom.slug), { ...atom, versions: all }]
  }
  for (const { slug, version } of edit.removeVersions ?? []) {
    const atom = has(catalog, slug)
    if (atom) atom.versions = atom.versions.filter((known) => known.version !== version)
  }
  catalog.atoms = catalog.atoms.filter(({ slug }) => !edit.removeAtoms?.includes(slug))
  catalog.categories.sort((a, b) => (a.name < b.name ? -1 : 1))
  catalog.atoms.sort((a, b) => (`${a.category}\n${a.name}` < `${b.category}\n${b.name}` ? -1 : 1))
}

/** Every third tenant has made something of an atom. */
function referencesIn(of: FakePlatform, { schema, atoms }: FakeTenant, slug: string): Reference[] {
  const at = of.tenants.findIndex((tenant) => tenant.schema === schema)
  const version = atoms.find((atom) => atom.slug === slug)?.versions[0]?.version ?? ''
  if (at % 3 !== 0) return []
  return [
    { slug, version, table: 'atom_configs_atomconfig', column: 'atom_version_id', rows: 3 + at },
    { slug, version: '', table: 'workflows_workflowatom', column: 'atom_id', rows: 11 + 2 * at },
  ]
}

const having = (of: FakePlatform, slug: string) =>
  of.tenants.filter(({ hasSchema, atoms }) => hasSchema && atoms.some((atom) => atom.slug === slug))

export const usageOf = (of: FakePlatform, slug: string): Usage => ({
  slug,
  inMaster: has(of.catalog, slug) !== undefined,
  unread: [],
  tenants: having(of, slug).map((tenant) => {
    const versions = tenant.atoms.find((atom) => atom.slug === slug)?.versions ?? []
    return {
      schema: tenant.schema,
      name: tenant.name,
      versions: versions.length,
      activeVersions: versions.filter(({ isActive }) => isActive).length,
      references: referencesIn(of, tenant, slug),
    }
  }),
})

export const retirementOf = (of: FakePlatform, slug: string, how: Retirement): RetirePreview => ({
  tenants: having(of, slug).map((tenant) => {
    const { schema } = tenant
    const references = referencesIn(of, tenant, slug)
    const isRefused = how.way === 'delete' && references.length > 0
    const request = { schema, slug, how }
    return {
      schema,
      references,
      item: isRefused ? null : { subject: schema, intent: { intent: 'retire_atom', request }, planHash: null },
      refused: isRefused ? 'rows of atom_configs_atomconfig and workflows_workflowatom refer to it' : null,
    }
  }),
})

export function planRetire(of: FakePlatform, intent: Extract<Intent, { intent: 'retire_atom' }>): Plan {
  const { schema, slug, how } = intent.request
  const tenant = of.tenants.find((known) => known.schema === schema) ?? refuse({ code: 'tenant_not_found', schema })
  const versions = tenant.atoms.find((atom) => atom.slug === slug)?.versions.map(({ version }) => version) ?? []
  const repointed = how.way === 'repoint' ? referencesIn(of, tenant, slug) : []
  return sealed(intent, schema, [{ change: 'retire_atom', schema, slug, how, versions, repointed }])
}

export function writeRetire(of: FakePlatform, change: Extract<Change, { change: 'retire_atom' }>) {
  const tenant = of.tenants.find(({ schema }) => schema === change.schema)
  if (!tenant) return
  if (change.how.way !== 'deactivate') tenant.atoms = tenant.atoms.filter(({ slug }) => slug !== change.slug)
  for (const atom of tenant.atoms) {
    if (atom.slug === change.slug) for (const version of atom.versions) version.isActive = false
  }
}

/** A master catalog of twenty thousand atoms, some of them with names that nobody would choose. */
export function largeCatalog(): MasterCatalog {
  const [first] = [
    { name: '<b>Category</b> with a name that goes on and on, for as long as a column lets it', description: '' },
  ]
  const categories = [
    first,
    ...Array.from({ length: 40 }, (_, at) => ({ name: `Category ${at + 1}`, description: '' })),
  ]
  const atoms = Array.from({ length: 20_000 }, (_, at): MasterAtom => {
    const isLong = at % 1000 === 0
    return {
      slug: `${isLong ? 'a-slug-that-goes-on-'.repeat(4) : 'atom-'}${at}`,
      name: isLong ? `‮An atom with a very long name ${'that goes on '.repeat(12)}${at}` : `Atom ${at}`,
      description: '',
      category: categories[at % categories.length]?.name ?? '',
      versions: ['1.0', '1.9', '1.10'].slice(0, 1 + (at % 3)).map((version) => ({
        version,
        releaseDate: '2026-03-01',
        releaseNotes: '',
        configSchema: '{}',
        isActive: at % 7 !== 0,
      })),
    }
  })
  return { categories, atoms }
}
