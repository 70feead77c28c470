import type { PartKind, Severity, Symptom } from '../ipc/client'

export const health = {
  'nav.health': 'Health',
  'running.health': 'Looking at the fleet',
  'health.title': 'Fleet health',
  'health.run': 'Look at all tenants',
  'health.run.again': 'Look again',
  'health.cancel': 'Cancel',
  'health.empty': 'Not looked at yet',
  'health.empty.text':
    'Compares every tenant’s schema with all others at once: which ones differ, whose rows fall through to public, which ledgers lie, and how many more tenants the server takes. Nothing is written.',
  'health.at': 'Seen {time}',
  'health.majority':
    '{all, select, true {{count, plural, one {The only tenant is} other {All # tenants are}} equal} other {{count, number} of {total, plural, one {# tenant} other {# tenants}} are equal}}',
  'health.outliers': '{count, plural, =0 {no outlier} one {# outlier} other {# outliers}}',
  'health.counts':
    '{grave, plural, =0 {none grave} one {# grave} other {# grave}}, {wrong, plural, =0 {none wrong} one {# wrong} other {# wrong}}, {notice, plural, =0 {none worth a look} one {# worth a look} other {# worth a look}}',
  'health.clean': 'No tenant has a finding',
  'health.gravest': 'Gravest: {finding} {tenant}',
  'health.export': 'Export…',
  'health.exporting': 'Exporting…',
  'health.exported': 'Written to {path}',
  'health.search': 'Search tenant or finding',
  'health.grid': 'Tenants',
  'health.severity': 'State',
  'health.tenant': 'Tenant',
  'health.group': 'Group',
  'health.group.name': 'Group {name}',
  'health.group.none': 'no schema',
  'health.findings': 'Findings',
  'health.findings.none': 'nothing found',
  'health.filter.all': 'All',
  'health.kind': 'Kind of finding',
  'health.kind.all': 'Every kind',
  'health.nomatch': 'No tenant has such a finding.',
  'health.search.nomatch': 'No tenant and no finding has it in its name.',
  'health.groups': 'Groups of equal schemas',
  'health.groups.objects': '{objects, plural, one {# object} other {# objects}} in each',
  'health.groups.reference': 'reference',
  'health.groups.rest':
    '{groups, plural, one {# group} other {# groups}} more, {tenants, plural, one {# tenant} other {# tenants}}',
  'health.orphans': '{count, plural, one {One schema without a tenant} other {# schemas without a tenant}}',
  'health.orphans.tables': '{count, plural, one {# table} other {# tables}}',
  'health.orphans.looks': 'looks like a tenant',
  'health.capacity.size':
    '{tables, number} tables and {relations, number} relations, {perTenant, number} a tenant; the system catalogs take {catalog} of {database}.',
  'health.capacity.more':
    'About {count, plural, =0 {no more tenant} one {# more tenant} other {# more tenants}} before a dump of the whole database fails, since it locks every table.',
  'health.capacity.over':
    'A dump of the whole database fails already: it locks every table, and there is no room for so many locks.',
  'health.capacity.advice': 'Raise {setting} from {now, number} to {needed, number}, and start the server anew.',
  'health.capacity.drop': 'Up to {count, plural, one {# tenant} other {# tenants}} can be dropped in one transaction.',
  'health.sequences':
    '{read, plural, one {# sequence was} other {# sequences were}} compared with their tables{left, plural, =0 {.} one {; one was left out, and is read when its tenant is looked at.} other {; # were left out, and are read when one tenant is looked at.}}',
  'health.again': 'Look at this tenant again',
  'health.mend': 'Mend…',
  'health.mend.title': 'Mend {name}',
  'health.difference': 'Show difference',
  'health.difference.hide': 'Hide difference',
  'health.difference.title': 'What {schema} has otherwise than {reference}',
  'health.difference.none': 'Nothing: object by object, the two are equal.',
  'health.difference.wanted': 'Wanted',
  'health.difference.found': 'Found',
  'health.difference.sql': 'The same as SQL, for a person to decide about',
  'health.difference.missing': 'missing',
  'health.difference.extra': 'only here',
  'health.difference.differs': 'differs',
  'health.evidence.wanted': 'Wanted',
  'health.evidence.found': 'Found',
  'health.evidence.definition': 'Definition',
} as const

export const severities = {
  'severity.grave': 'Grave',
  'severity.wrong': 'Wrong',
  'severity.notice': 'Worth a look',
  'severity.clean': 'Nothing found',
} satisfies Record<`severity.${Severity | 'clean'}`, string>

/** A finding in a few words, where many stand in a row or are chosen from. */
export const symptomNames = {
  'symptom.schema_missing': 'Schema missing',
  'symptom.falls_through': 'Falls through to public',
  'symptom.key_to_another_tenant': 'Key to another tenant',
  'symptom.depends_on_another_tenant': 'Depends on another tenant',
  'symptom.key_from_outside': 'Key from outside',
  'symptom.half_built': 'Half-built',
  'symptom.ledger_ahead': 'Ledger ahead of the tables',
  'symptom.ledger_unrecorded': 'Tables without a ledger',
  'symptom.ledger_behind': 'Ledger behind',
  'symptom.object_missing': 'Object missing',
  'symptom.object_differs': 'Object differs',
  'symptom.sequence_behind': 'Sequence behind',
  'symptom.invalid_index': 'Invalid index',
  'symptom.primary_missing': 'No primary domain',
  'symptom.primary_several': 'Several primary domains',
  'symptom.ledger_has_more': 'Ledger has more',
  'symptom.object_extra': 'Object of its own',
  'symptom.unvalidated_constraint': 'Constraint never validated',
  'symptom.more_differences': 'More differences',
} satisfies Record<`symptom.${Symptom['symptom']}`, string>

/** What was seen. */
export const symptoms = {
  'finding.seen.schema_missing': 'The tenant’s row names a schema that is not there.',
  'finding.seen.falls_through':
    'It has no {tables} of its own, so reads and writes go to those in public, and share their rows with every other such tenant.',
  'finding.seen.key_to_another_tenant': 'The key {constraint} of {table} points to a table of the tenant {other}.',
  'finding.seen.depends_on_another_tenant': 'The {kind} {name} needs {on} of the tenant {other}.',
  'finding.seen.key_from_outside': 'The key {constraint} of {from}.{table} points to a table of this tenant.',
  'finding.seen.half_built': 'It has {has, number} of {of, plural, one {# table} other {# tables}}, and lacks {lacks}.',
  'finding.seen.ledger_ahead': 'Its ledger says that {app} is applied, yet {tables} are not there.',
  'finding.seen.ledger_unrecorded': '{tables} are there, yet its ledger has nothing of {app}.',
  'finding.seen.ledger_behind': 'Its ledger lacks {migrations}.',
  'finding.seen.object_missing': 'The {kind} {name} is missing.',
  'finding.seen.object_differs': 'The {kind} {name} is another than it should be.',
  'finding.seen.sequence_behind':
    'The sequence of {table}.{column} gives out {next} next, while numbers up to {max} are in use: new rows collide.',
  'finding.seen.invalid_index':
    'The index {index} of {table} is not valid, as a CREATE INDEX CONCURRENTLY leaves it that failed: it costs writes and serves no reads.',
  'finding.seen.primary_missing': 'It has no primary domain.',
  'finding.seen.primary_several': 'It has several primary domains: {domains}.',
  'finding.seen.ledger_has_more': 'Only its ledger has {migrations}.',
  'finding.seen.object_extra': 'Only it has the {kind} {name}.',
  'finding.seen.unvalidated_constraint':
    'The constraint {constraint} of {table} was never validated, so older rows may break it.',
  'finding.seen.more_differences':
    '{count, plural, one {One difference more is} other {# differences more are}} not listed here.',
} satisfies Record<`finding.seen.${Symptom['symptom']}`, string>

export const parts = {
  'part.type': 'type',
  'part.table': 'table',
  'part.column': 'column',
  'part.sequence': 'sequence',
  'part.function': 'function',
  'part.view': 'view',
  'part.constraint': 'constraint',
  'part.index': 'index',
  'part.trigger': 'trigger',
  'part.policy': 'policy',
} satisfies Record<`part.${PartKind}`, string>
