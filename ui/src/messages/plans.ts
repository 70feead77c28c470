import type { Change, Finding } from '../ipc/client'

/** Changes in words, as a plan and the journal list them. */
export const changes = {
  'change.create_tenant': 'Tenant {name}',
  'change.create_schema': 'Schema {schema} with {tables, plural, one {# table} other {# tables}}',
  'change.seed_catalog':
    'Catalog of {atoms, plural, one {# atom} other {# atoms}} with {versions, plural, one {# version} other {# versions}} in {categories, plural, one {# category} other {# categories}}',
  'change.add_domain': '{domain}',
  'change.remove_domain': '{domain}',
  'change.change_primary': 'Primary domain',
  'change.move_domain': '{domain}',
  'change.put_back_domain': '{domain}, as it was',
  'change.approve_domain': '{domain} without a proof',
  'change.withdraw_approval': 'nobody answers any longer for {domain}, which is not proven',
  'change.change_domain_policy': 'Rules for all domains',
  'change.import_atoms':
    '{added, plural, =0 {No new atoms} one {# new atom} other {# new atoms}}, {changed, plural, =0 {none changed} one {# changed} other {# changed}}',
  'change.edit_catalog':
    '{changed, plural, =0 {Nothing written} one {# row written} other {# rows written}}, {removed, plural, =0 {none removed} one {# removed} other {# removed}}',
  'change.retire_atom':
    '{way, select, deactivate {{slug} switched off, with {versions, plural, one {# version} other {# versions}}} repoint {{slug}, after what refers to it was pointed to {to}} other {{slug}, to which nothing refers}}',
  'change.bring_back_atom': '{slug} as it was, with {versions, plural, one {# version} other {# versions}}',
  'change.make_release': 'Release {number}: the master catalog as it is, for good',
  'change.change_start_release': 'Where new tenants start',
  'change.sync_catalog':
    'Catalog: {inserted, plural, =0 {none added} one {# row added} other {# rows added}}, {updated, plural, =0 {none updated} one {# updated} other {# updated}}, {deactivated, plural, =0 {none switched off} one {# switched off} other {# switched off}}',
  'change.restore_copy':
    'Catalog as it was: {removed, plural, =0 {no rows taken out} one {# row taken out} other {# rows taken out}}, {restored, plural, =0 {none put back} one {# put back} other {# put back}}',
  'change.rename_tenant': 'Name',
  'change.rename_schema': 'Schema',
  'change.set_active':
    '{active, select, true {Resume: the platform serves the tenant again} other {Suspend: the platform stops serving the tenant}}',
  'change.move_to_trash': 'Tenant {name} with {tables, plural, one {# table} other {# tables}}, kept in the trash',
  'change.park_domains':
    '{count, plural, one {# domain, which is} other {# domains, which are}} kept with the deleted tenant',
  'change.take_from_trash': 'Tenant {name}, from the trash',
  'change.unpark_domains': '{count, plural, one {# domain} other {# domains}} of the deleted tenant',
  'change.purge': 'Tenant {name} with its schema and {tables, plural, one {# table} other {# tables}}, for good',
  'change.make_objects': '{count, plural, one {# object} other {# objects}} that it lacks',
  'change.record_migrations': '{count, plural, one {# row} other {# rows}} of Django’s ledger',
  'change.connect_objects':
    'Foreign keys of what was made{repointed, plural, =0 {} one {; # that pointed to public points to its own table} other {; # that pointed to public point to its own tables}}',
  'change.change_blueprint': 'What new tenants are made from',
  'change.restore_atoms':
    '{removed, plural, =0 {No atoms taken out} one {# atom taken out} other {# atoms taken out}}, {restored, plural, =0 {none put back} one {# put back as it was} other {# put back as they were}}',
  'change.connect_shared_tables':
    'Foreign keys from {tables, plural, one {# table} other {# tables}} to the shared ones',
} satisfies Record<`change.${Change['change']}`, string>

export const changeDetails = {
  'change.verb.add': 'Add',
  'change.verb.remove': 'Remove',
  'change.verb.change': 'Change',
  'change.primary': 'primary domain of {name}',
  'change.alias': 'alias of {name}',
  'change.moved.primary': 'the primary domain there and here',
  'change.moved.demoted': 'was the primary domain there, is an alias here',
  'change.moved.promoted': 'was an alias there, is the primary domain here',
  'change.reason': 'because: {reason}',
  'change.policy.addresses': 'Addresses',
  'change.policy.names': 'Names for CNAME records',
  'change.policy.authorities': 'Certificate authorities',
  'change.policy.httpsPort': 'HTTPS port',
  'change.policy.proofRequired': 'Proof',
  'change.proof': '{required, select, true {required} other {not required}}',
  'change.any': 'any',
  'change.to': 'to {name}',
  'change.from': 'from {name}',
  'change.of': 'of {name}',
  'change.master': 'the master catalog',
  'change.none': 'none',
  'change.release': 'release {release}',
  'change.release.none': 'no release yet',
  'change.release.newest': 'the newest release, whichever it is',
  'change.make_release.rows':
    '{added, plural, =0 {No rows added} one {# row added} other {# rows added}}, {changed, plural, =0 {none changed} one {# changed} other {# changed}}, {removed, plural, =0 {none removed} one {# removed} other {# removed}} since the release before',
  'change.make_release.size':
    '{atoms, plural, one {# atom} other {# atoms}} with {versions, plural, one {# version} other {# versions}} in {categories, plural, one {# category} other {# categories}}',
  'change.make_release.hash': 'Content {hash}',
  'change.rows': '{count, plural, one {# row} other {# rows}}',
  'change.rows.inserted': '{count, plural, one {# row} other {# rows}} added',
  'change.rows.updated': '{count, plural, one {# row} other {# rows}} updated',
  'change.rows.deactivated': '{count, plural, one {# version} other {# versions}} switched off',
  'change.rows.removed': '{count, plural, one {# row} other {# rows}} taken out',
  'change.rows.restored': '{count, plural, one {# row} other {# rows}} put back',
  'change.make_objects.copied': 'With the rows that it used in public instead: {tables}',
  'change.like': 'like {name}',
  'change.create_schema.like': 'Like {template}{withData, select, true {, with all its rows} other {}}',
  'change.files': 'the files of migrations/tenant',
  'change.reference_tables':
    '{count, plural, =0 {Without rows of the template} one {With the rows of # table of the template} other {With the rows of # tables of the template}}',
  'change.locks': 'Last, because it briefly locks the shared tables',
  'change.category': 'category {name}',
  'change.fields': 'changes {fields}',
  'change.versions': 'versions {versions}',
  'change.more': 'Details',
  'change.rest': 'and {count, number} more',
  'change.show': '{rest, number} more, show {count, number} of them',
  'change.show.all': 'Show {count, number} more',
}

export const findings = {
  'finding.tenant_exists': '{tenant} exists already, just as you ask for it.',
  'finding.domain_rewritten': '{input} is stored as {stored}: {rewrites}.',
  'finding.domain_yours':
    '{domain} is {primary, select, true {its primary domain} other {one of its domains}} already.',
  'finding.domain_taken':
    '{domain} is left out: it is {primary, select, true {the primary domain} other {a domain}} of {owner}.',
  'finding.left_without_domain': '{tenant} is left without any domain, so no request reaches it any longer.',
  'finding.domain_changed_since':
    '{domain} stays as it is, since somebody has changed it meanwhile: {owned, select, true {it belongs to {owner}} other {no tenant has it}}.',
  'finding.rows_left_out':
    '{count, plural, one {# row is left out, because it is} other {# rows are left out, because they are}} not valid.',
  'finding.atoms_unchanged':
    '{atoms, plural, one {# atom is} other {# atoms are}} in the master catalog already, unchanged.',
  'finding.atom_name_taken': '{slug} is left out: in {schema}, {holder} has its name.',
  'finding.catalog_kept':
    '{count, plural, one {# row of {schema} stays as it is, because the tenant has} other {# rows of {schema} stay as they are, because the tenant has}} changed or removed {count, plural, one {it} other {them}}.',
  'finding.catalog_conflicts':
    '{count, plural, one {# row of {schema} was} other {# rows of {schema} were}} changed by the tenant and by the release{open, plural, =0 {} one {; # has to be decided first, so nothing is done} other {; # have to be decided first, so nothing is done}}.',
  'finding.catalog_changed_since':
    '{count, plural, one {# row of {schema} stays as it is, because the tenant has changed it} other {# rows of {schema} stay as they are, because the tenant has changed them}} since.',
  'finding.references_changed_since':
    'In {schema}, what referred to the atom refers to something else by now, and stays: {references}.',
  'finding.atom_in_use': '{slug} stays: something in {schema} refers to it.',
  'finding.mentions_old_name':
    'The schema’s old name stands as text in {objects}. A renaming does not reach that: look at it yourself.',
  'finding.template_behind':
    '{template} lacks migrations that {tenants, plural, one {another tenant has} other {# other tenants have}}: {lacks}. What is made like it will lack them too.',
  'finding.left_different':
    'These are there, and not as they should be. They are left as they are, since only a person can say what becomes of them: {objects}.',
  'finding.final': 'There is no way back from this.',
} satisfies Record<`finding.${Finding['finding']}`, string>

export const conflictFindings = {
  'finding.conflicts.open': '{count, plural, one {# row} other {# rows}} to decide',
  'finding.conflicts.kept':
    '{count, plural, one {# row} other {# rows}} as the tenant has {count, plural, one {it} other {them}}',
  'finding.conflicts.taken':
    '{count, plural, one {# row} other {# rows}} as the release has {count, plural, one {it} other {them}}',
}

/** The journal's kinds of operations. */
export const kinds = {
  'kind.tenant.create': 'Tenant created',
  'kind.tenant.clone': 'Tenant cloned',
  'kind.tenant.mend': 'Tenant mended',
  'kind.tenant.rename': 'Tenant renamed',
  'kind.tenant.suspend': 'Tenant suspended',
  'kind.tenant.resume': 'Tenant resumed',
  'kind.tenant.delete': 'Tenant deleted',
  'kind.tenant.restore': 'Tenant restored',
  'kind.tenant.purge': 'Tenant purged',
  'kind.blueprint.use': 'Blueprint changed',
  'kind.domain.add': 'Domain added',
  'kind.domain.remove': 'Domain removed',
  'kind.domain.primary': 'Primary domain changed',
  'kind.domain.move': 'Domains moved',
  'kind.domain.import': 'Domains imported',
  'kind.domain.policy': 'Domain settings changed',
  'kind.catalog.import': 'Catalog imported',
  'kind.platform.adopt': 'Platform adopted',
  'kind.platform.upgrade': 'Bookkeeping brought up to date',
  'kind.platform.map': 'Views of the tenant table made again',
  'kind.platform.release': 'Views of the tenant table dropped',
  'kind.catalog.edit': 'Catalog edited',
  'kind.catalog.release': 'Release made',
  'kind.catalog.start': 'Start of new tenants changed',
  'kind.catalog.sync': 'Catalog synchronised',
  'kind.catalog.retire': 'Atom retired',
  'kind.undo': 'Taken back',
}

export const plan = {
  'plan.title': 'What will be done',
  'plan.title.done': 'What was done',
  'plan.findings': 'Worth knowing',
  'plan.nothing': 'Nothing to do',
  'plan.nothing.text': 'Everything is as you ask for it. Nothing will be written.',
  'plan.count': '{count, plural, one {# change} other {# changes, all of them or none}}',
  'plan.loading': 'Working out what it comes to…',
  'plan.changed': 'The platform has changed since this plan was made',
  'plan.changed.text': 'Nothing was written. This is the plan as it is now; read it again before you apply it.',
  'plan.apply.create_tenant': 'Create {name}',
  'plan.apply.add_domains': 'Add {count, plural, one {# domain} other {# domains}} to {name}',
  'plan.apply.remove_domain': 'Remove 1 domain from {name}',
  'plan.apply.make_primary': 'Make it primary for {name}',
  'plan.apply.move_domains': 'Move {count, plural, one {# domain} other {# domains}} to {name}',
  'plan.apply.import_domains': 'Import {count, plural, one {# domain} other {# domains}} into {name}',
  'plan.apply.set_domain_policy': 'Save the settings of {name}',
  'plan.apply.import_catalog': 'Import {count, plural, one {# atom} other {# atoms}} into the master',
  'plan.apply.edit_catalog': 'Write {count, plural, one {# row} other {# rows}} to the master',
  'plan.apply.release_catalog': 'Make release {release}',
  'plan.apply.set_start_release':
    'Start new tenants at {release, select, newest {the newest release} other {release {release}}}',
  'plan.apply.sync_catalog': 'Bring {name} to release {release}',
  'plan.apply.retire_atom': 'Retire 1 atom of {name}',
  'plan.apply.clone_tenant': 'Create {name}',
  'plan.apply.mend_tenant': 'Mend {name}',
  'plan.apply.rename_tenant': 'Rename {name}',
  'plan.apply.set_active': '{active, select, true {Resume} other {Suspend}} {name}',
  'plan.apply.delete_tenant': 'Delete {name}',
  'plan.apply.restore_tenant': 'Restore {name}',
  'plan.apply.purge_tenant': 'Purge {name} for good',
  'plan.apply.use_blueprint': 'Make new tenants from {name}',
  'plan.apply.undo': 'Take back {name}',
  'plan.confirm': 'Type {text} to confirm',
  'plan.close': 'Close',
  'plan.cancel': 'Cancel',
  'plan.back': 'Back',

  'task.change': 'Step {step} of {total}',
  'task.rows': '{done} of {total} rows written',
  'task.starting': 'Starting…',
  'task.committing': 'Committing…',
  'task.cancelling': 'Cancelling…',
  'task.waiting': 'Waiting for a lock, attempt {attempt}. {blockers}',
  'task.waiting.nobody': 'Somebody else is at work on a shared table.',
  'task.blocker':
    '{application} ({user}, process {pid}) has held it for {seconds, plural, one {# second} other {# seconds}}.',
  'task.blocker.unnamed': 'A program without a name',
  'task.item': '{done} of {total}',
  'task.checking': 'Checking {subject}, {done} of {total}',
  'task.state.done': 'done',
  'task.state.doing': 'under way',
  'task.done': 'Done',
  'task.done.nothing': 'Nothing to do; nothing was written',
  'task.done.journal': 'In the journal as {operation}',

  'items.done': 'Done',
  'items.nothing': 'Nothing to do',
  'items.failed': 'Failed',
}
