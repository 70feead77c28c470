import type { Reason } from '../ipc/client'

/** What new tenants are made from. */
export const blueprint = {
  'blueprint.now': 'What new tenants are made from',
  'blueprint.none': 'Nothing has been chosen yet. Choose the tenant that new ones are to be like.',
  'blueprint.now.text': 'New tenants are made from {of}.',
  'blueprint.now.clone': 'They get its structure, and nothing of its data but the rows named here.',
  'blueprint.tables.now': 'The rows of {count, plural, one {this table} other {these # tables}} go along: {tables}',
  'blueprint.tables.none': 'No rows of it go along.',
  'blueprint.files': 'The files of migrations/tenant',
  'blueprint.files.in': 'the files of migrations/tenant',
  'blueprint.files.text': 'The tables that Tenantry itself brings: what a platform without a history of its own needs.',
  'blueprint.choose': 'Choose what to make them from instead',
  'blueprint.search': 'Search name or schema',
  'blueprint.nomatch': 'No tenant has it in its name or its schema.',
  'blueprint.grid': 'What tenants can be made from',
  'blueprint.source': 'Made from',
  'blueprint.use': 'In use',
  'blueprint.use.now': 'In use',
  'blueprint.panel': 'Blueprint',
  'blueprint.tables': 'Rows that go along',
  'blueprint.tables.hint': 'the rest is made empty',
  'blueprint.tables.rows': 'about {rows} rows',
  'blueprint.tables.some': '{count, plural, one {# row} other {# rows}} of it',
  'blueprint.done': 'New tenants are made from this now',
  'blueprint.done.text': 'Tenants that exist already stay as they are.',
}

/** Why rows of a template are proposed to go along. */
export const reasons = {
  'blueprint.reason.ledger': 'Django’s migration ledger',
  'blueprint.reason.content_types': 'Django’s content types',
  'blueprint.reason.permissions': 'Django’s permissions',
  'blueprint.reason.alike_everywhere':
    'the same in {tenants, plural, =0 {every tenant} one {the other tenant} other {all # others}}',
} satisfies Record<`blueprint.reason.${Reason['reason']}`, string>
