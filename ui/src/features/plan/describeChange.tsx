import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Attribute, Change, VersionKey } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { Door } from '../../shared/Door'
import type { Text } from '../../shared/text'
import { describeDomain } from './describeDomain'
import { describeLife } from './describeLife'

/** So many of a list are shown; a catalog may hold very many more. */
export const SHOWN = 200

/** A line of the ledger: what is done, to what, to whom, and what there is to say besides. */
export type Line = {
  verb: 'add' | 'remove' | 'change'
  what: ReactNode
  to?: ReactNode
  note?: ReactNode
  /** Names that are too many for the line. */
  details?: string[]
}

export const mono = (name: string) => (
  <bdi key={name} className="mono wrap selectable">
    {name}
  </bdi>
)

export function describeChange(text: Text, change: Change): Line {
  const { t, rich } = text
  switch (change.change) {
    case 'create_tenant':
      return {
        verb: 'add',
        what: rich('change.create_tenant', { name: <bdi className="selectable strong">{change.name}</bdi> }),
        note: attributes(text, change.attributes),
      }
    case 'create_schema':
      return {
        verb: 'add',
        what: rich('change.create_schema', { schema: mono(change.schema), tables: change.tables.length }),
        note: change.template !== null && (
          <span>
            {rich('change.create_schema.like', { template: mono(change.template), withData: change.withData })}
          </span>
        ),
        details: change.tables,
      }
    case 'seed_catalog': {
      const { categories, atoms, versions } = change
      return { verb: 'add', what: t('change.seed_catalog', { categories, atoms, versions }) }
    }
    case 'add_domain':
    case 'remove_domain':
    case 'change_primary':
    case 'move_domain':
    case 'put_back_domain':
    case 'approve_domain':
    case 'withdraw_approval':
    case 'change_domain_policy':
      return describeDomain(text, change)
    case 'import_atoms':
      return importAtoms(text, change)
    case 'insert_atoms':
      return {
        verb: 'add',
        what: t('change.insert_atoms', { atoms: change.atoms.length, versions: change.versions.length }),
        to: rich('change.to', { name: mono(change.schema) }),
        details: atomNames(change),
      }
    case 'restore_atoms':
      return {
        verb: 'change',
        what: t('change.restore_atoms', { removed: change.removed.length, restored: change.restored.length }),
        to: rich('change.of', { name: t('change.master') }),
        details: [...change.removed, ...change.restored],
      }
    case 'remove_atoms':
      return {
        verb: 'remove',
        what: t('change.remove_atoms', { atoms: change.atoms.length, versions: change.versions.length }),
        to: rich('change.from', { name: mono(change.schema) }),
        details: atomNames(change),
      }
    case 'connect_shared_tables':
      return {
        verb: 'add',
        what: t('change.connect_shared_tables', { tables: change.tables.length }),
        note: <span className="muted">{t('change.locks')}</span>,
        details: change.tables,
      }
    default:
      return describeLife(text, change)
  }
}

function importAtoms({ t, rich, list }: Text, change: Extract<Change, { change: 'import_atoms' }>): Line {
  const { categories, added, changed } = change
  const rest = Math.max(0, added.length - SHOWN) + Math.max(0, changed.length - SHOWN)
  return {
    verb: 'add',
    what: t('change.import_atoms', { added: added.length, changed: changed.length }),
    to: rich('change.to', { name: t('change.master') }),
    note: (
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
    ),
  }
}

const atomNames = ({ atoms, versions }: { atoms: string[]; versions: VersionKey[] }) => [
  ...atoms,
  ...versions.map(({ slug, version }) => `${slug} ${version}`),
]

export function beforeAfter(before: ReactNode, after: ReactNode) {
  return (
    <span className="before-after">
      {before}
      <ArrowRight size={12} aria-hidden />
      {after}
    </span>
  )
}

export function domain(name: string, primary: boolean) {
  return (
    <span key={name} className="domain-name">
      <Door lit={primary} />
      {mono(name)}
    </span>
  )
}

function attributes({ t }: Text, given: Attribute[]) {
  if (given.length === 0) return undefined
  return (
    <span className="attributes">
      {given.map(({ column, value }) => (
        <span key={column}>
          <span className="muted">{columnLabel(t, column)}</span> <bdi className="wrap selectable">{value}</bdi>
        </span>
      ))}
    </span>
  )
}
