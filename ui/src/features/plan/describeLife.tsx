import type { Change } from '../../ipc/client'
import type { Text } from '../../shared/text'
import { beforeAfter, domain, type Line, mono } from './describeChange'

type Life = Extract<
  Change,
  {
    change:
      | 'rename_tenant'
      | 'rename_schema'
      | 'set_active'
      | 'move_to_trash'
      | 'park_domains'
      | 'take_from_trash'
      | 'unpark_domains'
      | 'purge'
      | 'make_objects'
      | 'record_migrations'
      | 'connect_objects'
      | 'change_blueprint'
  }
>

/** Changes in the life of a tenant, and of what tenants are made from. */
export function describeLife(text: Text, change: Life): Line {
  const { t, rich, list } = text
  switch (change.change) {
    case 'rename_tenant':
      return {
        verb: 'change',
        what: t('change.rename_tenant'),
        to: rich('change.of', { name: mono(change.schema) }),
        note: beforeAfter(<s>{plain(change.before)}</s>, plain(change.after)),
      }
    case 'rename_schema':
      return {
        verb: 'change',
        what: t('change.rename_schema'),
        note: beforeAfter(<s>{mono(change.before)}</s>, mono(change.after)),
      }
    case 'set_active':
      return { verb: 'change', what: t('change.set_active', { active: change.active }), to: mono(change.schema) }
    case 'move_to_trash':
      return {
        verb: 'remove',
        what: rich('change.move_to_trash', { name: plain(change.name), tables: change.tables.length }),
        note: beforeAfter(<s>{mono(change.schema)}</s>, mono(change.trash)),
        details: change.tables,
      }
    case 'park_domains':
      return {
        verb: 'remove',
        what: t('change.park_domains', { count: change.domains.length }),
        ...domains(change.domains),
      }
    case 'take_from_trash':
      return {
        verb: 'add',
        what: rich('change.take_from_trash', { name: plain(change.name) }),
        note: beforeAfter(<s>{mono(change.trash)}</s>, mono(change.schema)),
      }
    case 'unpark_domains':
      return {
        verb: 'add',
        what: t('change.unpark_domains', { count: change.domains.length }),
        ...domains(change.domains),
      }
    case 'purge':
      return {
        verb: 'remove',
        what: rich('change.purge', { name: plain(change.name), tables: change.tables.length }),
        to: mono(change.schema),
        details: change.tables,
      }
    case 'make_objects':
      return {
        verb: 'add',
        what: t('change.make_objects', { count: change.objects.length }),
        to: like(text, change.like),
        note: change.copied.length > 0 && (
          <span>{rich('change.make_objects.copied', { tables: mono(list(change.copied)) })}</span>
        ),
        details: change.objects,
      }
    case 'record_migrations':
      return {
        verb: 'add',
        what: t('change.record_migrations', { count: change.migrations.length }),
        to: like(text, change.like),
        details: change.migrations,
      }
    case 'connect_objects':
      return {
        verb: 'add',
        what: t('change.connect_objects', { repointed: change.repointed.length }),
        note: <span className="muted">{t('change.locks')}</span>,
        details: change.repointed,
      }
    case 'change_blueprint':
      return {
        verb: 'change',
        what: t('change.change_blueprint'),
        note: (
          <>
            {beforeAfter(<s>{blueprint(text, change.before)}</s>, blueprint(text, change.after))}
            {change.after !== null && (
              <span className="muted">{t('change.reference_tables', { count: change.reference.length })}</span>
            )}
          </>
        ),
        details: change.reference.map(({ table }) => table),
      }
  }
}

const plain = (name: string) => <bdi className="wrap selectable strong">{name}</bdi>

const like = ({ rich }: Text, name: string) => rich('change.like', { name: mono(name) })

const blueprint = ({ t }: Text, template: string | null) => (template === null ? t('change.files') : mono(template))

/** A few stand in the line; more are folded away. */
function domains(names: string[]): Pick<Line, 'note' | 'details'> {
  if (names.length > 4) return { details: names }
  return { note: <span className="before-after">{names.map((name) => domain(name, false))}</span> }
}
