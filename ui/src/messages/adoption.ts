import type { Action, Found, StartValue, Tls } from '../ipc/client'

/** How much of a server's identity is checked, in words and with what it means. */
export const tls = {
  'tls.verify-full': 'Encrypted, certificate and name verified',
  'tls.verify-full.hint': 'Nobody on the way can read along or answer in the server’s place.',
  'tls.verify-ca': 'Encrypted, certificate verified',
  'tls.verify-ca.hint': 'Whoever has a certificate of the same authority can answer in the server’s place.',
  'tls.require': 'Encrypted, nothing verified',
  'tls.require.hint': 'Anybody on the way can answer in the server’s place, and read along then.',
  'tls.disable': 'Not encrypted',
  'tls.disable.hint':
    'For a server on this machine. From another one, everybody on the way reads along, the password too.',
} satisfies Record<`tls.${Tls}${'' | '.hint'}`, string>

/** A server that was looked at. */
export const seen = {
  'connect.again': 'Look again',
  'connect.looking': 'Looking at the server…',
  'connect.reason': 'Why not verified in full',
  'connect.reason.hint': 'In three words or more. It stays in view while the connection is open.',
  'connect.certificate': 'Root certificate',
  'connect.certificate.hint': 'A PEM file. Without one, the authorities that this system trusts.',
  'seen.label': 'What was found',
  'seen.at': 'PostgreSQL {version} on {host}, as {user}',
  'seen.read_only': 'Nothing can be written over this connection',
  'seen.no_right': 'The role {user} may not create a schema in {database}',
  'seen.no_right.text': 'Tenantry keeps its books in a schema of its own. Somebody who owns the database can allow it:',
  'seen.no_right.sql': 'For the database’s owner',
  'sql.copy': 'Copy',
  'sql.copied': 'Copied',
  'sql.failed': 'Not copied',
  'sql.lines': '{count, plural, one {# line} other {# lines}}',
  'sql.rest': '{count, plural, one {# more line} other {# more lines}}, copied and saved along',
} as const

type DeadEnd = Extract<Found['found'], 'foreign' | 'occupied' | 'other_version'>

/** Databases that nothing can be done with as they are. */
export const deadlocks = {
  'deadlock.foreign':
    'It holds {tables, plural, one {# table} other {# tables}} of its own in the schema public, and none of tenants',
  'deadlock.foreign.text':
    'A platform has a table with a unique schema_name for its tenants, and one with domain and is_primary that refers to it. Neither is here. Choose the platform’s database, or an empty one, in which a platform can be made.',
  'deadlock.occupied': 'It has a schema tenantry that is not ours',
  'deadlock.occupied.text':
    'Tenantry keeps its books under that name, and leaves what others have made alone. Choose another database, or ask the schema’s owner for another name:',
  'deadlock.occupied.sql': 'For the schema’s owner',
  'deadlock.other_version': 'Another version of Tenantry keeps its books here',
  'deadlock.other_version.text':
    'What it wrote might be misread by this one, so it is left alone. Open it with that version, or a newer one.',
  'deadlock.old_server': 'The server is PostgreSQL {version}',
  'deadlock.old_server.text':
    'Tenantry needs 15 or newer: in older ones, views cannot ask with their reader’s rights. Nothing was written. Upgrade the server, or connect to another one.',
} satisfies Record<`deadlock.${DeadEnd | 'old_server'}${'' | '.text'}` | 'deadlock.occupied.sql', string>

type Adoptable = Exclude<Found['found'], DeadEnd | 'empty'>

/** What would make a database a platform of ours. */
export const leads = {
  'adopt.lead.adoptable': 'Somebody’s tenants, which Tenantry can look after',
  'adopt.lead.adoptable.text':
    'Adopting adds one schema, tenantry, with Tenantry’s books and two views of the tables below. The platform’s own tables and rows stay as they are, and its application notices nothing. Nothing has been written yet.',
  'adopt.lead.several': 'Several tables could be the tenant table',
  'adopt.lead.several.text': 'Choose the one that the platform’s application uses. Nothing has been written yet.',
  'adopt.lead.older': 'Tenantry’s books are of an older version here',
  'adopt.lead.older.text': 'They lack what newer versions have added. The platform’s own tables are not touched.',
  'adopt.lead.unmapped': 'The views of the tenant table are gone',
  'adopt.lead.unmapped.text':
    'As after a change of the tenant table that PostgreSQL allowed only without them. They are made again as the tables are now; the journal and the catalog are still there.',
  'adopt.lead.platform': 'The tenant table has changed since the platform was adopted',
  'adopt.lead.platform.text':
    'The views do not show its columns as they are now. Make them again, or open the platform as it is.',
} satisfies Record<`adopt.lead.${Adoptable}${'' | '.text'}`, string>

export const actions = {
  'adopt.do.adopt': 'Adopt {count, plural, one {# tenant} other {# tenants}} of {table}',
  'adopt.do.upgrade': 'Bring up to date',
  'adopt.do.map': 'Make the views again',
  'adopt.do.nothing': 'Open the platform',
} satisfies Record<`adopt.do.${Action}`, string>

export const statements = {
  'adopt.sql.adopt': 'What would be added',
  'adopt.sql.upgrade': 'What would be changed',
  'adopt.sql.map': 'What would be made again',
  'adopt.sql.nothing': 'Nothing would be changed',
} satisfies Record<`adopt.sql.${Action}`, string>

export const adoption = {
  'adopt.sql.text': 'Exactly these statements run, in one transaction; if anything has changed by then, nothing does.',
  'adopt.sql.label': 'SQL',
  'adopt.planning': 'Looking at the tables…',
  'adopt.open': 'Open it as it is',
  'adopt.stale': 'The database has changed since these statements were shown',
  'adopt.stale.text': 'Nothing was written. This is what would be done now; read it again.',
  'shape.title': 'What was found',
  'shape.tenants': 'Tenants',
  'shape.domains': 'Domains',
  'shape.rows': '{count, plural, one {# row} other {# rows}}',
  'shape.schemas': 'Schemas',
  'shape.schemas.value': '{count, number} of {of} are there',
  'shape.django': 'Django’s ledger',
  'shape.django.value': '{count, plural, one {# migration} other {# migrations}}',
  'shape.django.none': 'None beside the tenant table',
  'shape.missing':
    '{count, plural, one {One tenant names a schema that is not there} other {# tenants name schemas that are not there}}',
  'shape.missing.text': 'They are shown without a schema; nothing is made for them.',
  'shape.orphaned':
    '{count, plural, one {One schema looks like a tenant’s, and no tenant names it} other {# schemas look like tenants’, and no tenant names them}}',
  'shape.orphaned.text': 'They are left alone.',
  'shape.more': '{count, number} more',
  'shape.columns': 'Columns of its own',
  'shape.columns.none': 'The tables have no columns beyond those that every platform has.',
  'shape.columns.text':
    'What a new row begins with in each, where nobody gives a value. It can be given for each tenant.',
  'shape.column': 'Column',
  'shape.type': 'Type',
  'shape.not_null': 'not null',
  'shape.start': 'Starts as',
  'shape.why': 'Why',
  'shape.choose': 'Tenant table',
  'shape.choose.hint':
    '{tenants, plural, one {# tenant} other {# tenants}}; with {count, plural, one {# domain} other {# domains}} in {domains}',
} as const

/** What a column begins with, and why that. */
export const startValues = {
  'start_value.table': 'by the table',
  'start_value.table.why': 'The table gives it itself.',
  'start_value.null': 'empty',
  'start_value.null.why': 'The column may be empty.',
  'start_value.plain.why': 'The plain value of its type.',
  'start_value.most_frequent.why':
    'What {rows, plural, one {# row has} other {# rows have}}; a plain value would break a rule of the table.',
  'start_value.given': 'asked for',
  'start_value.given.why': 'No value can be guessed, so the form of a new tenant asks for it.',
} satisfies Record<
  `start_value.${StartValue['start']}.why` | `start_value.${Exclude<StartValue['start'], 'plain' | 'most_frequent'>}`,
  string
>

/** What stays in view while a platform is open, and leaving it. */
export const open = {
  'mark.read_only': 'Read only',
  'mark.read_only.standby': 'standby',
  'mark.read_only.pooler': 'pooler',
  'mark.read_only.new_columns': 'new columns',
  'mark.read_only.session': 'session',
  'mark.read_only.title': 'This platform can only be read',
  'mark.read_only.again': 'Look at the tables again…',
  'mark.tls.reason': 'The reason that was given',
  'leave.open': 'Leave this platform…',
  'leave.title': 'Leave {database}',
  'leave.text': 'Tenantry stops looking after this platform, and opens the private server.',
  'leave.goes': 'What goes',
  'leave.goes.schema': 'The schema tenantry, with the two views',
  'leave.goes.journal':
    'The journal{count, plural, =0 {, which is empty} one { with its entry, and with it what could be undone} other { with its # entries, and with them what could be undone}}',
  'leave.goes.catalog':
    '{count, plural, =0 {The master catalog, which is empty} one {The master catalog with # atom} other {The master catalog with # atoms}}',
  'leave.stays': 'What stays',
  'leave.stays.tenants':
    '{tenants, plural, one {# tenant} other {# tenants}} and {domains, plural, one {# domain} other {# domains}}, with every table and row',
  'leave.stays.catalogs': 'The atoms that tenants have in their own tables',
  'leave.dependents': 'Something else rests on the schema tenantry',
  'leave.dependents.text': 'As long as it does, nobody can leave. Remove or change it first:',
  'leave.confirm': 'Type {database} to confirm',
  'leave.do': 'Leave {database}',
  'leave.cancel': 'Cancel',
} as const

/** The columns of its own that an adopted platform has, in the form of a new tenant. */
export const columns = {
  'form.wanted': 'This platform asks for',
  'form.needed': 'needed',
  'form.more.hint': '{type}; starts as {start}',
  'form.starts': 'starts as {start}',
  'form.start.empty': 'empty',
  'form.start.now': 'the moment of creation',
  'form.start.today': 'the day of creation',
  'form.start.uuid': 'a new UUID',
  'form.choose': 'Choose…',
  'form.yes': 'Yes',
  'form.no': 'No',
  'form.json': 'Valid JSON',
} as const
