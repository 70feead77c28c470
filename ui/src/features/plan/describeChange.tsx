import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Attribute, Change } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { Door } from '../../shared/Door'
import type { Text } from '../../shared/text'
import { describeCatalog } from './describeCatalog'
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
    case 'seed_catalog':
    case 'import_atoms':
    case 'edit_catalog':
    case 'restore_atoms':
    case 'retire_atom':
    case 'bring_back_atom':
    case 'make_release':
    case 'change_start_release':
    case 'sync_catalog':
    case 'restore_copy':
      return describeCatalog(text, change)
    case 'add_domain':
    case 'remove_domain':
    case 'change_primary':
    case 'move_domain':
    case 'put_back_domain':
    case 'approve_domain':
    case 'withdraw_approval':
    case 'change_domain_policy':
      return describeDomain(text, change)
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
