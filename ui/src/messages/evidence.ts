import type { CheckKind, Evidence, ObjectKind, Verdict } from '../ipc/client'

export const verdicts = {
  'verdict.failed': 'Failed',
  'verdict.notice': 'Worth a look',
  'verdict.passed': 'Passed',
} satisfies Record<`verdict.${Verdict}`, string>

export const checks = {
  'check.schema': 'The schema is there',
  'check.structure': 'Tables, columns, constraints, indexes and sequences',
  'check.ledger': 'Django’s migration ledger',
  'check.foreign_keys': 'Foreign keys hold and refuse wrong rows',
  'check.primary_domain': 'Exactly one primary domain',
  'check.domains': 'Every domain is reachable as stored',
  'check.catalog': 'The catalog has all of the master',
  'check.dry_run': 'A tenant can be created',
  'check.journal': 'The journal is whole',
} satisfies Record<`check.${CheckKind}`, string>

/** The same in a word or two, where many stand in a row. */
export const checksShort = {
  'check.short.schema': 'schema',
  'check.short.structure': 'structure',
  'check.short.ledger': 'ledger',
  'check.short.foreign_keys': 'foreign keys',
  'check.short.primary_domain': 'primary domain',
  'check.short.domains': 'domains',
  'check.short.catalog': 'catalog',
  'check.short.dry_run': 'dry run',
  'check.short.journal': 'journal',
} satisfies Record<`check.short.${CheckKind}`, string>

export const objects = {
  'object.table': '{count, plural, one {table} other {tables}}',
  'object.column': '{count, plural, one {column} other {columns}}',
  'object.constraint': '{count, plural, one {constraint} other {constraints}}',
  'object.index': '{count, plural, one {index} other {indexes}}',
  'object.sequence': '{count, plural, one {sequence} other {sequences}}',
  'object.view': '{count, plural, one {view} other {views}}',
  'object.materialized_view': '{count, plural, one {materialized view} other {materialized views}}',
  'object.function': '{count, plural, one {function} other {functions}}',
  'object.trigger': '{count, plural, one {trigger} other {triggers}}',
  'object.rule': '{count, plural, one {rule} other {rules}}',
  'object.type': '{count, plural, one {type} other {types}}',
  'object.policy': '{count, plural, one {policy} other {policies}}',
  'object.statistics': '{count, plural, one {statistics object} other {statistics objects}}',
  'object.comment': '{count, plural, one {comment} other {comments}}',
  'object.owner': '{count, plural, one {owner} other {owners}}',
  'object.grant': '{count, plural, one {grant} other {grants}}',
  'object.other': '{count, plural, one {other object} other {other objects}}',
} satisfies Record<`object.${ObjectKind}`, string>

export const evidence = {
  'evidence.schema_found': 'The schema {schema} exists.',
  'evidence.schema_missing': 'The schema {schema} does not exist, although the tenant’s row names it.',
  'evidence.not_checked': 'The tenant could not be looked at any further: {reason}',
  'evidence.objects_match': '{count, number} {kind} as in a tenant made now.',
  'evidence.object_missing': 'The {kind} {name} is missing. It would be {definition}.',
  'evidence.object_differs': 'The {kind} {name} is {found}, and would be {wanted}.',
  'evidence.object_extra': 'The {kind} {name} is not of the blueprint: {definition}.',
  'evidence.ledger_matches':
    'The ledger has the same {rows, plural, one {# row} other {# rows}} as that of a tenant made now.',
  'evidence.ledger_lacks': 'The ledger lacks the migration {app}.{name}.',
  'evidence.ledger_has_more': 'The ledger has the migration {app}.{name}, which a tenant made now does not have.',
  'evidence.key_enforced': '{table}: {constraint} refused a wrong row. PostgreSQL said: {answer}',
  'evidence.key_not_enforced': '{table}: {constraint} accepted a row that refers to nothing. The row was taken back.',
  'evidence.key_not_tried':
    '{table}: {constraint} could not be tried, because the wrong row was refused for another reason: {answer}',
  'evidence.key_not_validated': '{table}: {constraint} was never validated, so older rows may break it.',
  'evidence.key_orphans':
    '{table}: {rows, plural, one {# row refers} other {# rows refer}} to nothing, against {constraint}.',
  'evidence.primary_is': 'The primary domain is {domain}.',
  'evidence.primary_missing': 'The tenant has no primary domain.',
  'evidence.primary_several': 'The tenant has several primary domains: {domains}.',
  'evidence.domain_reachable': '{domain} is stored in the form that requests are matched with.',
  'evidence.domain_unreachable': '{domain} cannot be reached. {problem}',
  'evidence.catalog_complete': 'All {atoms, plural, one {# atom} other {# atoms}} of the master catalog are there.',
  'evidence.catalog_lacks':
    'It lacks {atoms, plural, one {# atom} other {# atoms}} and {versions, plural, one {# version} other {# versions}} of the master catalog.',
  'evidence.atom_tables_missing': 'The schema has no atom tables.',
  'evidence.dry_run_done':
    'A tenant with {tables, plural, one {# table} other {# tables}} was made and rolled back in {milliseconds, number} ms.',
  'evidence.dry_run_failed': 'Making a tenant failed, and was rolled back: {reason}',
  'evidence.journal_intact': 'The chain of {entries, plural, one {# entry} other {# entries}} is unbroken.',
  'evidence.journal_broken':
    'The chain is broken at entry {at, number}: it, or one before it, is not what was written.',
} satisfies Record<`evidence.${Evidence['evidence']}`, string>
