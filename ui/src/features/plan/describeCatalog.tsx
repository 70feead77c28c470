import type { AtomName, Change, ChangedAtom } from '../../ipc/client'
import type { Text } from '../../shared/text'
import { beforeAfter, type Line, mono, SHOWN } from './describeChange'
import { RowGroups } from './RowGroups'
import { countRows, rowNames } from './rows'

type OfCatalog = Extract<
  Change,
  {
    change:
      | 'seed_catalog'
      | 'import_atoms'
      | 'edit_catalog'
      | 'restore_atoms'
      | 'retire_atom'
      | 'bring_back_atom'
      | 'make_release'
      | 'change_start_release'
      | 'sync_catalog'
      | 'restore_copy'
  }
>

/** Changes of the master catalog, of its releases, and of the tenants’ copies. */
export function describeCatalog(text: Text, change: OfCatalog): Line {
  const { t, rich } = text
  switch (change.change) {
    case 'seed_catalog': {
      const { release, categories, atoms, versions } = change
      return {
        verb: 'add',
        what: t('change.seed_catalog', { categories, atoms, versions }),
        to: rich('change.from', { name: releaseName(text, release) }),
      }
    }
    case 'import_atoms':
      return importAtoms(text, change)
    case 'edit_catalog':
      return editCatalog(text, change)
    case 'restore_atoms':
      return {
        verb: 'change',
        what: t('change.restore_atoms', { removed: change.removed.length, restored: change.restored.length }),
        to: rich('change.of', { name: t('change.master') }),
        details: [...change.removed, ...change.restored],
      }
    case 'retire_atom': {
      const { how, schema, slug, repointed } = change
      const to = how.way === 'repoint' ? mono(how.to) : null
      return {
        verb: how.way === 'deactivate' ? 'change' : 'remove',
        what: rich('change.retire_atom', { way: how.way, slug: mono(slug), versions: change.versions.length, to }),
        to: rich('change.of', { name: mono(schema) }),
        details: [...change.versions, ...repointed.map(referenceName)],
      }
    }
    case 'bring_back_atom':
      return {
        verb: 'add',
        what: rich('change.bring_back_atom', { slug: mono(change.slug), versions: change.versions.length }),
        to: rich('change.to', { name: mono(change.schema) }),
        details: [...change.versions, ...change.repointed.map(referenceName)],
      }
    case 'make_release': {
      const { number, contentHash, size, added, changed, removed } = change
      return {
        verb: 'add',
        what: t('change.make_release', { number }),
        note: (
          <>
            <span>{t('change.make_release.rows', { added, changed, removed })}</span>
            <span className="muted">{t('change.make_release.size', { ...size })}</span>
            <span className="muted">{rich('change.make_release.hash', { hash: mono(contentHash.slice(0, 12)) })}</span>
          </>
        ),
      }
    }
    case 'change_start_release':
      return {
        verb: 'change',
        what: t('change.change_start_release'),
        note: beforeAfter(<s>{startName(text, change.before)}</s>, startName(text, change.after)),
      }
    case 'sync_catalog':
      return syncCatalog(text, change)
    case 'restore_copy': {
      const { schema, releaseBefore, release, remove, putBack } = change
      const back = [
        ...putBack.categories.map(({ name }) => name),
        ...putBack.atoms.map(({ slug }) => slug),
        ...putBack.versions.map(({ slug, version }) => `${slug} ${version}`),
      ]
      return {
        verb: 'change',
        what: t('change.restore_copy', { removed: countRows(remove), restored: back.length }),
        to: rich('change.of', { name: mono(schema) }),
        note: (
          <>
            {beforeAfter(<s>{releaseName(text, release)}</s>, baseName(text, releaseBefore))}
            <RowGroups
              groups={[
                { title: t('change.rows.removed', { count: countRows(remove) }), rows: rowNames(remove) },
                { title: t('change.rows.restored', { count: back.length }), rows: back },
              ]}
            />
          </>
        ),
      }
    }
  }
}

export const releaseName = ({ t }: Text, release: number) =>
  release === 0 ? t('change.master') : t('change.release', { release })

const baseName = (text: Text, release: number | null) =>
  release === null ? text.t('change.release.none') : releaseName(text, release)

const startName = (text: Text, release: number | null) =>
  release === null ? text.t('change.release.newest') : releaseName(text, release)

const referenceName = ({ table, column, rows }: { table: string; column: string; rows: number }) =>
  `${table}.${column} × ${rows}`

function syncCatalog(text: Text, change: Extract<Change, { change: 'sync_catalog' }>): Line {
  const { t, rich } = text
  const { schema, releaseBefore, release, insert, update, deactivate } = change
  const [inserted, updated, deactivated] = [countRows(insert), countRows(update), countRows(deactivate)]
  return {
    verb: 'change',
    what: t('change.sync_catalog', { inserted, updated, deactivated }),
    to: rich('change.of', { name: mono(schema) }),
    note: (
      <>
        {releaseBefore === release
          ? releaseName(text, release)
          : beforeAfter(<s>{baseName(text, releaseBefore)}</s>, releaseName(text, release))}
        <RowGroups
          groups={[
            { title: t('change.rows.inserted', { count: inserted }), rows: rowNames(insert) },
            { title: t('change.rows.updated', { count: updated }), rows: rowNames(update) },
            { title: t('change.rows.deactivated', { count: deactivated }), rows: rowNames(deactivate) },
          ]}
        />
      </>
    ),
  }
}

function importAtoms(text: Text, change: Extract<Change, { change: 'import_atoms' }>): Line {
  const { t, rich } = text
  const { categories, added, changed } = change
  return {
    verb: 'add',
    what: t('change.import_atoms', { added: added.length, changed: changed.length }),
    to: rich('change.to', { name: t('change.master') }),
    note: atomLines(text, categories, added, changed),
  }
}

function editCatalog(text: Text, change: Extract<Change, { change: 'edit_catalog' }>): Line {
  const { t, rich } = text
  const { categories, added, changed, removedCategories, removedAtoms, removedVersions } = change
  const removed = [
    ...removedCategories,
    ...removedAtoms.map(({ slug }) => slug),
    ...removedVersions.map(({ slug, version }) => `${slug} ${version}`),
  ]
  const left = categories.length + added.length + changed.length
  return {
    verb: left === 0 ? 'remove' : left === added.length && removed.length === 0 ? 'add' : 'change',
    what: t('change.edit_catalog', { changed: left, removed: removed.length }),
    to: rich('change.of', { name: t('change.master') }),
    note: (
      <>
        {left > 0 && atomLines(text, categories, added, changed)}
        <RowGroups groups={[{ title: t('change.rows.removed', { count: removed.length }), rows: removed }]} />
      </>
    ),
  }
}

function atomLines({ t, list }: Text, categories: string[], added: AtomName[], changed: ChangedAtom[]) {
  const rest = Math.max(0, added.length - SHOWN) + Math.max(0, changed.length - SHOWN)
  return (
    <ul className="atoms">
      {categories.map((name) => (
        <li key={`category ${name}`} className="atom-line">
          <bdi className="wrap">{t('change.category', { name })}</bdi>
        </li>
      ))}
      {added.slice(0, SHOWN).map(({ slug, name, versions }) => (
        <li key={slug} className="atom-line">
          <bdi className="wrap selectable">{name}</bdi> {mono(slug)}{' '}
          <span className="muted">{t('change.versions', { versions: list(versions) })}</span>
        </li>
      ))}
      {changed.slice(0, SHOWN).map(({ slug, name, fields }) => (
        <li key={slug} className="atom-line changed">
          <bdi className="wrap selectable">{name}</bdi> {mono(slug)}{' '}
          <span className="muted">{t('change.fields', { fields: list(fields) })}</span>
        </li>
      ))}
      {rest > 0 && <li className="muted">{t('change.rest', { count: rest })}</li>}
    </ul>
  )
}
