import type { AppError, NotAPlatform, ReadOnly, Refusal, Rewrite, Rule } from '../ipc/client'

/** What is wrong with an input, and what would do. One text for each rule of the engine. */
export const rules = {
  'rule.required': 'This is needed.',
  'rule.too_short': 'Use at least {min, plural, one {# character} other {# characters}}.',
  'rule.too_long': 'Use at most {max, plural, one {# character} other {# characters}}.',
  'rule.control_characters': 'This holds a line break, a tab or another control character. Leave it out.',
  'rule.direction_characters':
    'This holds invisible characters that reverse the direction of text, so that one name can pose as another. Leave them out.',
  'rule.name_taken':
    'Another tenant has this name: the one with the schema {schema}. Choose a name that tells them apart.',
  'rule.schema_characters': 'Use the letters a to z, digits and _ only.',
  'rule.schema_start': 'Begin with a letter.',
  'rule.schema_reserved': 'This name is reserved for PostgreSQL or Tenantry. Choose another.',
  'rule.schema_keyword': 'This is a word of SQL. Choose another name.',
  'rule.schema_collides':
    'The schema {existing} differs from this in case only, which some programs cannot tell apart. Choose another name.',
  'rule.email': 'This is not an e-mail address. One has a name, an @ and a domain.',
  'rule.domain_url': 'This is a URL. Give the host name alone.',
  'rule.domain_port': 'Leave out the port: requests are matched without it.',
  'rule.domain_path': 'Leave out the path or the query: a domain is a host name alone.',
  'rule.domain_user': 'Leave out the @ and what stands before it.',
  'rule.domain_wildcard': 'Requests are matched exactly, so a wildcard would match none. Add each name by itself.',
  'rule.domain_underscore': 'Django refuses host names with an underscore. A hyphen would do.',
  'rule.domain_ipv6':
    'The platform’s router cannot match IPv6 addresses. Use a name or, for development, an IPv4 address.',
  'rule.domain_numeric': 'This is no IPv4 address. One has four numbers from 0 to 255.',
  'rule.domain_single_label': 'Give the full name, with a dot, as in shop.example.com.',
  'rule.domain_public_suffix': 'Others register their names under this public suffix. Put your own name before it.',
  'rule.domain_empty_label': 'There is a dot too many. Remove it.',
  'rule.domain_label_too_long': 'A part between two dots is longer than 63 characters in its ASCII form. Shorten it.',
  'rule.domain_too_long': 'This is longer than 253 characters in its ASCII form. Shorten it.',
  'rule.domain_hyphens':
    'A part begins or ends with a hyphen, or has two as its third and fourth characters. DNS allows neither.',
  'rule.domain_characters': 'This holds characters that host names cannot have. Use letters, digits, hyphens and dots.',
  'rule.domain_invisible': 'This holds invisible characters. Type it anew without them.',
  'rule.domain_mixed_scripts':
    'A part mixes letters of several alphabets, as look-alike names do. Keep each part to one alphabet.',
  'rule.domain_not_normal':
    'It is stored in a form that requests are never matched with, so nobody can reach it. Remove it and add its normal form.',
  'rule.domain_repeated': 'This domain stands twice in this request. Remove one of the two.',
  'rule.second_primary':
    'The row in line {line} makes another domain the primary one of this tenant already. A tenant has one.',
  'rule.no_such_tenant': 'No tenant has this schema or this name. Choose one from the list.',
  'rule.address': 'This is no IPv4 or IPv6 address.',
  'rule.port': 'A port is a number from 1 to 65535.',
  'rule.attribute_unknown': 'The tenant table has no such column. It has {known}.',
  'rule.attribute_reserved': 'Tenantry fills this column itself. Leave it out.',
  'rule.attribute_repeated': 'This column stands twice in this request. Leave one of the two out.',
  'rule.attribute_type': 'This is not a value of the type {wanted}.',
  'rule.attribute_check': 'The tenant table’s rule {rule} does not allow this value.',
  'rule.file': '{reason}',
  'rule.connection': 'This {reason}.',
} satisfies Record<`rule.${Rule['code']}`, string>

/** What became of a domain on the way from what was typed to what is stored. */
export const rewrites = {
  'rewrite.blanks': 'without the blanks around it',
  'rewrite.trailing_dot': 'without the dot at its end',
  'rewrite.lower_case': 'in lower case',
  'rewrite.ascii': 'in its ASCII form',
  'rewrite.www': 'without www., which the router cuts off',
} satisfies Record<`rewrite.${Rewrite}`, string>

/** Every answer that is not "done": what happened, and what would do. */
export const errors = {
  'error.invalid.title':
    '{count, plural, =0 {The request is not valid} one {One thing is not right yet} other {# things are not right yet}}',
  'error.invalid.text': 'Nothing was written. Mend what is listed here and try again.',
  'error.domain_taken.title': '{domain} belongs to {owner}',
  'error.domain_taken.text':
    'A domain leads to one tenant. Nothing was written. Choose another domain, or look at the tenant that has this one.',
  'error.tenant_differs.title': '{owner} exists already, and is not quite what you ask for',
  'error.tenant_differs.text':
    'It differs in: {differences}. Nothing was written. Open it to change it, or choose another schema for a tenant of its own.',
  'error.schema_taken.title': 'The schema {schema} exists already, and no tenant owns it',
  'error.schema_taken.text':
    'Nothing was written, and what is in it was left alone. Choose another name for the schema.',
  'error.no_atom_tables.title': 'The schema {schema} lacks the atom tables',
  'error.no_atom_tables.text': 'Verify the tenant to see what else is missing.',
  'error.not_a_template.title': 'The schema {schema} cannot be a template',
  'error.not_a_template.text':
    'Nothing was written. A clone would share these objects with another tenant, or cannot have them: {obstacles}.',
  'error.clone_differs.title': 'The clone differs from its template {template}',
  'error.clone_differs.text': 'So it was not kept, and nothing was written. What differs: {differences}.',
  'error.tenant_not_found.title': 'There is no tenant with the schema {schema}',
  'error.tenant_not_found.text': 'Somebody may have deleted it meanwhile. Choose one from the list.',
  'error.domain_not_found.title': 'No tenant has the domain {domain}',
  'error.domain_not_found.text': 'Somebody may have removed it meanwhile. Nothing was written.',
  'error.primary_domain_needed.title': '{domain} is the primary domain of {owner}',
  'error.primary_domain_needed.text':
    'A tenant always has one. Make another domain primary first; then this one can go. Nothing was written.',
  'error.refused.title': 'This cannot be done to {subject}',
  'error.refused.text': '{why} Nothing was written.',
  'error.stale.title': 'The platform has changed since this plan was made',
  'error.stale.text': 'Nothing was written. Here is the plan as it would be now; read it again before you apply it.',
  'error.stale_adoption.title': 'The database has changed since these statements were shown',
  'error.stale_adoption.text': 'Nothing was written. Look at the database again.',
  'error.read_only.title': 'This platform can only be read',
  'error.read_only.text': '{reason} Nothing was written.',
  'error.not_permitted.title': 'The role may not do this',
  'error.not_permitted.text': '{message}. Nothing was written.',
  'error.depended_on.title': 'Something else rests on the schema tenantry',
  'error.depended_on.text': 'It cannot be dropped as long as it is used by {objects}. Nothing was written.',
  'error.busy.title': '{what} is locked by somebody else',
  'error.busy.text': 'Nothing was written. Try again when they are done.',
  'error.cancelled.title': 'Cancelled',
  'error.cancelled.text': 'Nothing was written.',
  'error.outcome_unknown.title': 'It is not known yet whether this was written',
  'error.outcome_unknown.text':
    'The connection broke at the very moment of committing. When the server answers again, look for operation {operation} in the journal: if it is there, everything was written; if not, nothing was.',
  'error.not_a_platform.title': 'This database is not a Tenantry platform',
  'error.not_a_platform.text': '{found}',
  'error.no_database.title': 'The database does not answer',
  'error.no_database.text': '{reason}',
  'error.private_server.title': 'The private server did not start',
  'error.private_server.text': '{advice}',
  'error.file.title': '{path} could not be read',
  'error.file.text': '{reason}',
  'error.task_busy.title': 'This is under way already',
  'error.task_busy.text': 'Wait until it is done, or cancel it.',
  'error.internal.title': 'Something went wrong that nobody expected',
  'error.internal.text': 'What was under way was not written. The log has the details under the reference {reference}.',
} satisfies Record<`error.${AppError['code']}.${'title' | 'text'}`, string>

export const notAPlatform = {
  'found.old_server': 'The server is PostgreSQL {version}; 15 or newer is needed.',
  'found.empty': 'It is empty, so a platform can be made in it.',
  'found.foreign':
    'It holds {tables, plural, one {# table} other {# tables}} of its own in the schema public. Choose an empty database, or one that Tenantry made.',
  'found.adoptable': 'It has tenants in {table}, and can be adopted.',
  'found.several': 'Several tables could be its tenant table: {tables}. Name one.',
  'found.occupied': 'It has a schema tenantry that is not ours.',
  'found.older': 'Its bookkeeping is of an older version of Tenantry, and can be brought up to date.',
  'found.unmapped':
    'The views of its tenant table are gone, as after a change of that table. Adopting it again makes them anew.',
  'found.other_version': 'Another version of Tenantry keeps its books there. Use that version, or a newer one.',
} satisfies Record<`found.${NotAPlatform['found']}`, string>

export const readOnly = {
  'read_only.standby': 'The server is a standby, which copies another one. Connect to that one to write.',
  'read_only.pooler':
    'A connection pooler stands in between and gives each transaction another session. Connect to the server itself to write.',
  'read_only.new_columns': 'The tenant table has got {columns} since it was adopted. Adopt it again to take that in.',
  'read_only.session': 'The server lets this session read only.',
} satisfies Record<`read_only.${ReadOnly['why']}`, string>

/** Why something cannot be done to a subject that is there. */
export const refusals = {
  'refusal.public_tenant': 'It stands for the shared tables, and is no tenant of its own.',
  'refusal.schema_missing': 'Its schema is missing.',
  'refusal.is_template': 'New tenants are made from it. Choose another blueprint first.',
  'refusal.no_blueprint': 'Nothing is chosen yet that new tenants are made from. Choose a blueprint first.',
  'refusal.no_template': 'There is no schema to compare it with. Name one that is as it should be.',
  'refusal.no_such_tables': 'The template has no tables of these names: {tables}.',
  'refusal.no_such_column': 'The platform’s tenant table has no column {column} to write it in.',
  'refusal.not_in_trash': 'No deleted tenant has that name. Somebody may have restored or purged it meanwhile.',
  'refusal.being_purged': 'A purge of it has begun, so it cannot come back.',
  'refusal.needed_by': 'Something else refers to it: {objects}.',
  'refusal.no_such_operation': 'The journal has no such operation.',
  'refusal.no_inverse': 'Nothing can take it back.',
  'refusal.already_undone': 'It has been taken back already, by operation {by}.',
  'refusal.no_such_job': 'There is no such job.',
  'refusal.job_running': 'It is still running. Pause or cancel it first.',
  'refusal.proof_needed':
    'This platform gives a domain only to those who rule over it. Put a TXT record {record} with the value {value} into its zone, or give a reason to do without.',
  'refusal.only_in_jobs': 'A look at domains is no change of its own: it is made at once, or as a job.',
  'refusal.no_release': 'The catalog has no release yet. Make one first.',
  'refusal.no_such_release': 'The catalog has no release {release}.',
  'refusal.nothing_to_release':
    '{newest, select, none {The master catalog is empty.} other {Release {newest} is the master catalog as it is; nothing has changed since.}}',
  'refusal.synchronised_since':
    'It was synchronised again since{release, select, none {} other {, to release {release}}}. Take that back first.',
  'refusal.catalog_conflicts':
    'The tenant and the release have changed the same rows. Decide what becomes of them, then synchronise it again.',
  'refusal.copy_resists': 'Its tables did not take what was written to them. Look at their triggers.',
  'refusal.no_such_atom': 'It has no atom {slug}.',
  'refusal.same_atom': 'An atom cannot take its own place. Name another one.',
  'refusal.atom_referred_to': '{slug} is in use: {references}. Switch it off, or let another atom take its place.',
  'refusal.no_such_versions': '{slug} lacks versions that are in use: {references}.',
  'refusal.would_collide':
    '{rows, plural, one {A row} other {# rows}} of {table} would be there twice, which {constraint} forbids.',
  'refusal.no_primary_key': '{table} has no primary key, so what is changed in it could not be taken back.',
  'refusal.constraint_broken': '{constraint} of {table} forbids it.',
  'refusal.atom_there_again': 'There is no place for the atom: {holder} has its slug, its name or its number by now.',
  'refusal.nothing_to_undo': 'Nothing in it can be taken back, or all of it was.',
} satisfies Record<`refusal.${Refusal['why']}`, string>
