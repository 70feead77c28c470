import type { DomainState, HandoverFormat, RouterStep } from '../ipc/client'

/** All domains in one list. */
export const domainList = {
  'domains.count': '{count, plural, one {# domain} other {# domains}}',
  'domains.count.match': '{match, number} of {count, plural, one {# domain} other {# domains}}',
  'domains.grid': 'Domains',
  'domains.search': 'Search domain or tenant',
  'domains.search.hint': 'Words, or *.example, tenant:acme, state:live, kind:alias',
  'domains.nomatch': 'No domain is so, and no tenant with domains has it in its name.',
  'domains.empty': 'No domains yet',
  'domains.empty.text': 'A domain leads a request to a tenant. The first comes with the first tenant.',
  'domains.domain': 'Domain',
  'domains.tenant': 'Tenant',
  'domains.kind': 'Kind',
  'domains.state': 'State',
  'domains.checked': 'Last check',
  'domains.checked.never': 'never',
  'domains.kind.primary': 'Primary',
  'domains.kind.alias': 'Alias',
  'domains.kind.development': 'Development',
  'domains.reach.no': 'Unreachable',
  'domains.choose': 'Choose {name}',

  'domains.by': 'How the domains are shown',
  'domains.by.all': 'All domains',
  'domains.by.tenant': 'By tenant',
  'domains.who': 'Who would answer?',
  'domains.handover': 'Hand over…',
  'domains.import': 'Import…',
  'domains.settings': 'Settings',

  'domains.filter': 'By state',
  'domains.filter.all': 'All {count, number}',
  'domains.filter.state': '{state} {count, number}',

  'suggest.label': 'What can be searched for',
  'suggest.tenant': 'of a tenant, by name or schema',
  'suggest.state': 'in a state: live, unreachable, …',
  'suggest.taken': 'Names that a deleted tenant left, and cannot have back',
  'suggest.kind': 'of a kind: primary, alias, development',
}

/** The one word for how a domain is, and what it means. */
export const domainStates = {
  'domain.state.unreachable': 'Unreachable',
  'domain.state.unproven': 'Unproven',
  'domain.state.misdirected': 'Misdirected',
  'domain.state.insecure': 'Insecure',
  'domain.state.expiring': 'Expiring',
  'domain.state.unchecked': 'Unchecked',
  'domain.state.live': 'Live',
  'domain.state.local': 'Local',
  'domain.state.unreachable.text': 'As it is stored, no request can ever match it.',
  'domain.state.unproven.text': 'The platform asks for a proof of who rules over it, and there is none.',
  'domain.state.misdirected.text': 'DNS leads elsewhere, nowhere, or two ways.',
  'domain.state.insecure.text': 'No browser would accept the certificate that answers.',
  'domain.state.expiring.text': 'The certificate ends within three weeks.',
  'domain.state.unchecked.text': 'Nobody has looked yet, or nothing could be learnt.',
  'domain.state.live.text': 'DNS leads here, and the certificate is good.',
  'domain.state.local.text': 'Reached on a developer’s own machine only.',
} satisfies Record<`domain.state.${DomainState}${'' | '.text'}`, string>

/** What is selected, and what is done with it. */
export const domainChoice = {
  'domains.selected.all': '{count, number} selected of {total, number}',
  'domains.selected.match': '{count, number} selected of {match, number} matching, {total, number} in all',
  'domains.selected.outside':
    '{count, number} selected, {outside, number} of them outside this search, which finds {match, number} of {total, number}',
  'domains.selected.looking': '{count, number} selected',
  'domains.select.all': 'Select all {count, number}',
  'domains.select.none': 'Select none',
  'domains.move': 'Move to…',
  'domains.move.one': 'Move {domain} to…',
  'domains.move.many': 'Move {count, plural, one {# domain} other {# domains}} to…',
  'domains.copy': 'Copy names',
  'domains.menu': 'What can be done with {domain}',
  'domains.menu.primary': 'Make primary…',
  'domains.menu.remove': 'Remove…',
  'domains.menu.copy': 'Copy the name',
  'domains.menu.tenant': 'Open {name}',

  'move.title': 'Move {count, plural, one {# domain} other {# domains}}',
  'move.one': 'Move {domain}',
  'move.to': 'To which tenant',
  'move.to.hint': 'By name, schema or primary domain.',
  'move.reason': 'Reason to do without a proof',
  'move.reason.hint': 'It is written down with who gave it.',
  'move.done': '{count, plural, one {# domain} other {# domains}} moved to {name}',
  'move.undo': 'Undo…',
  'tenant.pick.none': 'No tenant has it in its name, its schema or its primary domain.',
  'tenant.pick.more': 'and {count, number} more; type on',
}

/** Two tenants side by side. */
export const domainBoard = {
  'board.left': 'First tenant',
  'board.right': 'Second tenant',
  'board.text':
    'Drag domains to the other tenant, or select them and use the button; by keys, Enter on a handle, and Enter again. The plan comes first.',
  'board.choose': 'Choose a tenant',
  'board.choose.text': 'Its domains come here, and others can be dragged to it.',
  'board.none': 'No domains. Drag one here.',
  'board.list': 'Domains of {name}',
  'board.handle': 'Drag {domain}',
  'board.dragged': '{count, plural, one {# domain} other {# domains}}',
  'board.count': '{count, plural, one {# domain} other {# domains}}',
  'board.selected': '{count, number} selected of {total, number}',
  'board.move': 'Move {count, number} to {name}…',
}

/** What becomes of a request. */
export const domainWho = {
  'who.title': 'Who would answer?',
  'who.host': 'Host header or URL',
  'who.hint': 'As a browser or a proxy sends it. A pasted address stands for its host.',
  'who.steps': 'What the router does',
  'who.step.taken_from_url': 'Takes {host} out of the address',
  'who.step.port_cut': 'Cuts off the port',
  'who.step.www_cut': 'Cuts off a leading www.',
  'who.step.sought': 'Looks for exactly {sought}',
  'who.reached': '{owner} answers',
  'who.reached.text': 'By the row {domain}, {primary, select, true {its primary domain} other {one of its domains}}.',
  'who.schema': 'Schema {schema}',
  'who.suspended': 'The tenant is suspended: the router finds it, and the platform may refuse to serve it.',
  'who.no_schema': 'Its schema is not in the database, so the request fails.',
  'who.nobody': 'Nobody would answer',
  'who.nobody.text': 'No row is exactly {sought}.',
  'who.refused': 'The request is refused before anything is looked up',
  'who.refused.text': 'Django accepts no such Host header: {host}.',
  'who.near': 'Somebody may have meant one of these',
  'who.near.of': '{domain} of {owner}',
} satisfies Record<`who.step.${RouterStep}`, string> & Record<string, string>

/** Domains in the form in which servers want them. */
export const domainHandover = {
  'handover.title': 'Hand over the domains',
  'handover.format': 'Format',
  'handover.format.allowed-hosts': 'Django',
  'handover.format.nginx': 'nginx',
  'handover.format.caddy': 'Caddy',
  'handover.format.json': 'JSON',
  'handover.format.csv': 'CSV',
  'handover.all': 'All {count, plural, one {# domain} other {# domains}} of the platform.',
  'handover.search':
    '{count, plural, one {The # domain} other {The # domains}} that “{search}” finds, of {total, number}.',
  'handover.left_out': 'Names that no request can match are left out of what servers read.',
  'handover.text': 'Text',
  'handover.save': 'Save to file…',
  'handover.saving': 'Writing…',
  'handover.saved': 'Saved as {path}',
  'handover.file.allowed-hosts': 'allowed_hosts.py',
  'handover.file.nginx': 'tenants.conf',
  'handover.file.caddy': 'Caddyfile',
  'handover.file.json': 'domains.json',
  'handover.file.csv': 'domains.csv',
} satisfies Record<`handover.${'format' | 'file'}.${HandoverFormat}`, string> & Record<string, string>

/** Searches that are kept under a name. */
export const domainViews = {
  'views.open': 'Views',
  'views.title': 'Saved views',
  'views.none': 'None yet. Search and sort as you like, then save it under a name.',
  'views.all': 'all domains',
  'views.name': 'Name of this view',
  'views.save': 'Save',
  'views.replace': 'Replace',
  'views.rename': 'Rename {name}',
  'views.rename.to': 'New name of {name}',
  'views.delete': 'Delete {name}',
}
