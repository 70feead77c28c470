import type {
  CertificateState,
  ChainEnd,
  ChainVerdict,
  LookupFailure,
  Ownership,
  RoutingState,
  Step,
  TlsFailure,
  WhyRemove,
} from '../ipc/client'

/** What the world answers about a domain: four axes, and when it was looked at. */
export const world = {
  'world.title': 'What the world answers',
  'world.local': 'It reaches this tenant on a developer’s own machine only, so nobody else is asked about it.',

  'world.axis.assignment': 'Assignment',
  'world.axis.ownership': 'Ownership',
  'world.axis.routing': 'Routing',
  'world.axis.certificate': 'Certificate',
  'world.assigned': 'Given to {owner}',
  'world.assigned.by': 'since {since}, by {by}',
  'world.assigned.since': 'since {since}',
  'world.assigned.application': 'by the platform’s own application',
  'world.never': 'Nobody has looked yet',
  'world.head.since': 'Since',
  'world.head.looked': 'Last look',
  'world.head.next': 'Next look',
  'world.since': 'since',
  'world.looked': 'looked',
  'world.next': 'next',
  'world.next.due': 'is due',
  'world.failed': 'The last look-up failed: {why}. What is shown is of {when}.',
  'world.failed.only': 'The look-up failed: {why}. That says nothing about the domain.',
  'world.vantage':
    'Seen from this computer ({host}), {count, plural, =0 {which knows no resolver} one {with the resolver {resolvers}} other {with the resolvers {resolvers}}}.',
  'world.now': 'just now',
  'world.soon': 'in a moment',

  'world.check': 'Check now',
  'world.checking': 'Looking at {domain}',
  'world.cancel': 'Cancel',

  'world.copy': ', copy',
  'world.copied': 'Copied',
  'world.uncopied': 'Not copied',
} as const

export const ownerships = {
  'world.ownership.not_required': 'Not asked for',
  'world.ownership.unproven': 'Not proven',
  'world.ownership.proven': 'Proven',
  'world.ownership.failed': 'Another value found',
  'world.ownership.expired': 'No longer proven',
  'world.ownership.approved': 'Approved',
  'world.ownership.lookup_failed': 'Not known',
} satisfies Record<`world.ownership.${Ownership}`, string>

export const routings = {
  'world.routing.unknown': 'Leads somewhere',
  'world.routing.ok': 'Leads here',
  'world.routing.misdirected': 'Leads elsewhere',
  'world.routing.conflicting_records': 'Records conflict',
  'world.routing.name_not_found': 'Name does not exist',
  'world.routing.no_address': 'Has no address',
  'world.routing.lookup_failed': 'Not known',
  'world.routing.not_applicable': 'Not asked',
} satisfies Record<`world.routing.${RoutingState}`, string>

export const certificates = {
  'world.certificate.not_applicable': 'Not asked',
  'world.certificate.none': 'None is shown',
  'world.certificate.valid': 'Valid',
  'world.certificate.expiring': 'Ends soon',
  'world.certificate.expired': 'Expired',
  'world.certificate.not_yet_valid': 'Not valid yet',
  'world.certificate.name_mismatch': 'For other names',
  'world.certificate.self_signed': 'Signed by itself',
  'world.certificate.untrusted': 'Not trusted',
  'world.certificate.blocked_by_caa': 'Forbidden by CAA',
  'world.certificate.lookup_failed': 'Not known',
} satisfies Record<`world.certificate.${CertificateState}`, string>

/** Why nothing was learnt, in the middle of a sentence. */
export const lookupFailures = {
  'world.failure.timed_out': 'no answer came in time',
  'world.failure.refused': 'the server would not answer',
  'world.failure.server_failure': 'the server itself failed',
  'world.failure.not_authoritative': 'the server does not know the zone',
  'world.failure.not_listening': 'nothing listens there',
  'world.failure.no_network': 'there is no way to it',
  'world.failure.garbled': 'the answer could not be read',
  'world.failure.invalid_name': 'such a name cannot be asked for',
  'world.failure.unknown': 'there is nothing to judge it by',
} satisfies Record<`world.failure.${LookupFailure | 'unknown'}`, string>

/** What to do, in order. */
export const fix = {
  'world.fix': 'What to fix',
  'world.fix.count': '{count, plural, one {# step} other {# steps, in this order}}',
  'world.fix.zone': 'at the zone’s provider',
  'world.fix.platform': 'at the platform',
  'world.fix.copy': 'Copy as zone lines',
  'world.fix.mail': 'Text for the zone’s owner…',
  'world.fine': 'Nothing to fix',
  'world.fine.before': 'Nothing to fix, by what was seen before',
  'world.fine.routing': 'It leads to {addresses}, as it should.',
  'world.fine.certificate':
    'Browsers accept its certificate, of {issuer}, for {days, plural, one {# more day} other {# more days}}.',
  'world.fine.proof': 'Its owner has given it to {tenant}.',

  'world.form': 'How names are written',
  'world.form.zone': 'Name in zone',
  'world.form.full': 'Full name',
  'world.record.type': 'Type',
  'world.record.name': 'Name',
  'world.record.value': 'Value',
  'world.record.ttl': 'TTL',
  'world.record.ttl.any': 'any',
  'world.record.remove': 'Remove',
  'world.record.add': 'Add',
  'world.record.sign': 'What to do with it',
  'world.record.zone': 'In the zone {zone}.',
} as const

export const steps = {
  'world.step.set_targets': 'Say where domains of this platform should lead',
  'world.step.set_targets.text':
    'It is set once for all domains. Until then nobody can tell whether this one leads to the right place.',
  'world.step.nameservers_do_not_answer': 'Have the zone’s own servers mended',
  'world.step.nameservers_do_not_answer.text':
    '{servers} do not answer for it. Whoever runs them has to mend that first; the records cannot be seen before.',
  'world.step.remove_record': 'Remove {count, plural, one {this record} other {these # records}}',
  'world.step.change_record': 'Change {count, plural, one {this record} other {these # records}}',
  'world.step.change_record.text': 'The old value leads elsewhere, the new one to this platform.',
  'world.step.change_record.proof': 'The old value proves nothing, the new one that {domain} is given to {tenant}.',
  'world.step.add_record': 'Add {count, plural, one {this record} other {these # records}}',
  'world.step.add_record.text': 'It leads {domain} to this platform.',
  'world.step.add_record.proof': 'It proves that whoever rules over {domain} gives it to {tenant}.',
  'world.step.point_apex': 'Point {domain} to {target}',
  'world.step.point_apex.text':
    'A CNAME cannot stand at the top of a zone. Most providers have ALIAS, ANAME or CNAME flattening instead: use that, with {target} as its value.',
  'world.step.target_does_not_resolve': 'Give {target} an address',
  'world.step.target_does_not_resolve.text':
    'The domain is right. It leads to this name of the platform, which has no address.',
  'world.step.allow_authority': 'Let {authority} issue certificates',
  'world.step.allow_authority.text':
    'The zone’s CAA records name other authorities only, or none. Add this one beside them.',
  'world.step.serve_tls': 'Have port {port} answer with TLS',
  'world.step.serve_tls.text': 'The domain leads here, but nothing speaks TLS at that port.',
  'world.step.complete_chain': 'Send the certificate in between',
  'world.step.complete_chain.text':
    'The server leaves out the certificate of {issuer}, without which some will not trust it.',
  'world.step.issue_certificate': 'Get a certificate for {domain}',
  'world.step.issue_certificate.text': 'Browsers do not accept the one that is shown, if any is.',
  'world.step.renew_certificate': 'Renew the certificate',
  'world.step.renew_certificate.text': '{past, select, true {It ended} other {It ends}} on {until}.',
  'world.step.wait_for_certificate': 'Wait until the certificate holds',
  'world.step.wait_for_certificate.text': 'It holds from {from} on. If that is past, a clock is wrong.',
  'world.step.try_again_later': 'Look again later',
  'world.step.try_again_later.text':
    'Something gave no answer, which says nothing about the domain. It is looked at again by itself.',
} satisfies Record<`world.step.${Step['step']}`, string> & Record<string, string>

export const whyRemove = {
  'world.why.leads_elsewhere': '{count, plural, one {It leads} other {They lead}} somewhere else.',
  'world.why.beside_cname': 'A CNAME cannot stand beside other records of the same name.',
  'world.why.doubled_suffix':
    'The name has its zone twice, since the provider’s form adds the zone by itself. Type only the short name there.',
  'world.why.forbids_all': 'It forbids every authority to issue certificates.',
} satisfies Record<`world.why.${WhyRemove}`, string>

/** A letter to whoever owns the zone, as plain text. */
export const mail = {
  'mail.title': 'Text for whoever owns the zone',
  'mail.subject': 'Subject',
  'mail.body': 'Text',
  'mail.copy': 'Copy the text',
  'mail.close': 'Close',
  'mail.subject.text': 'DNS changes for {domain}',
  'mail.hello': 'Hello,',
  'mail.intro':
    '{domain} is to be served for {tenant}. For that, its DNS needs {count, plural, one {one change} other {# changes}} in the zone {zone}. Could you please make {count, plural, one {it} other {them in this order}}?',
  'mail.full': 'In full',
  'mail.now': 'now',
  'mail.then': 'new',
  'mail.names':
    'About names: many providers add “{zone}” by themselves; there, type the short name only. “@” stands for the zone itself.',
  'mail.ttl': 'About the TTL: any will do. With a short one, such as 300, the change is seen sooner.',
  'mail.lines': 'The records that should be there, as lines of a zone file:',
  'mail.see': 'To see that it worked, ask on any computer (where there is no dig: nslookup -type=TYPE NAME):',
  'mail.see.wanted': 'answers {value}',
  'mail.see.gone': 'no longer answers {value}',
  'mail.wait':
    'Old answers may be remembered for up to {minutes, plural, one {# minute} other {# minutes}} after the change.',
  'mail.end': 'We look again by ourselves, so there is no need to write back. Thank you very much.',
} as const

/** What the states rest on. */
export const seen = {
  'world.dns': 'DNS answers',
  'world.dns.a': 'A',
  'world.dns.aaaa': 'AAAA',
  'world.dns.records': 'Records that were found',
  'world.dns.chain': 'CNAME',
  'world.dns.caa': 'CAA',
  'world.dns.caa.nothing': 'none anywhere, so any authority may issue',
  'world.dns.caa.at': 'at {name}',
  'world.dns.caa.critical': 'critical',
  'world.dns.doubled': 'Zone twice',
  'world.dns.targets': 'Target names',
  'world.dns.servers': 'Zone servers',
  'world.dns.server.answers': 'answers',
  'world.answer.not_asked': 'not asked',
  'world.answer.no_records': 'none',
  'world.answer.no_name': 'the name does not exist',

  'world.tls': 'Certificate shown',
  'world.tls.not_asked': 'Nobody was asked.',
  'world.tls.no_address': 'The name leads to no address, so there was nobody to ask.',
  'world.tls.none': 'none',
  'world.tls.server': 'Server',
  'world.tls.verdict': 'Verdict',
  'world.tls.failed': 'No handshake',
  'world.tls.own': 'The domain’s own',
  'world.tls.sent': 'Sent along',
  'world.tls.subject': 'Subject',
  'world.tls.issuer': 'Issuer',
  'world.tls.self': 'itself',
  'world.tls.names': 'Names',
  'world.tls.names.more': 'and {count, number} more',
  'world.tls.valid': 'Valid',
  'world.tls.valid.range': '{from} to {until}',
  'world.tls.days': '{days, plural, =0 {ends today} one {# day left} other {# days left}}',
  'world.tls.ended': 'ended {days, plural, =0 {today} one {# day ago} other {# days ago}}',
  'world.tls.fingerprint': 'SHA-256',
} as const

export const chainEnds = {
  'world.chain.no_chain': 'none',
  'world.chain.reached': 'leads to a name that exists',
  'world.chain.dangling': 'ends at a name that does not exist',
  'world.chain.loop': 'comes back to itself',
  'world.chain.too_long': 'is too long',
  'world.chain.failed': 'could not be followed',
} satisfies Record<`world.chain.${ChainEnd['end']}`, string>

export const chainVerdicts = {
  'world.verdict.trusted': 'Browsers accept it',
  'world.verdict.expired': 'It has expired',
  'world.verdict.not_yet_valid': 'It is not valid yet',
  'world.verdict.wrong_name': 'It is for other names',
  'world.verdict.self_signed': 'It is signed by itself',
  'world.verdict.unknown_issuer': 'Its authority is not trusted by this computer',
  'world.verdict.incomplete': 'A certificate in between was not sent',
  'world.verdict.unusable': 'It cannot be used: {reason}',
  'world.verdict.not_judged': 'This computer has no list of authorities to judge by',
} satisfies Record<`world.verdict.${ChainVerdict['verdict']}`, string>

export const handshakes = {
  'world.handshake.timed_out': 'no answer came in time',
  'world.handshake.no_network': 'there is no way to it',
  'world.handshake.refused': 'nothing listens at the port',
  'world.handshake.closed': 'the connection was closed in the middle',
  'world.handshake.not_tls': 'what answers does not speak TLS',
  'world.handshake.alert': 'the server ended it ({alert}), as one does that has no certificate for the name',
  'world.handshake.other': '{reason}',
} satisfies Record<`world.handshake.${TlsFailure['failure']}`, string>

/** The proof of ownership. */
export const proof = {
  'world.proof': 'Proof of ownership',
  'world.proof.text':
    'With this record in its zone, whoever rules over {domain} gives it to {tenant}. The value is for this domain and this tenant only.',
  'world.proof.optional': 'The platform does not ask for it; it may be given all the same.',
  'world.proof.look': 'Look now',
  'world.proof.looking': 'Looking…',
  'world.proof.found': 'Found',
  'world.proof.right': 'the value that is asked for',
  'world.proof.never': 'nobody has looked yet',
  'world.proof.server': 'Asked',
  'world.proof.server.zone': '{server}, a server of the zone',
  'world.proof.server.resolver': 'the resolver, since no server of the zone could be reached',
  'world.proof.doubled': 'With the zone twice',
  'world.proof.approved': '{by} answers for it without a proof, since {since}: {reason}',
} as const

/** Looks at many domains. */
export const checkAll = {
  'world.all': 'Check',
  'world.all.label': 'Check what the world answers',
  'world.all.due': 'Those that are due',
  'world.all.due.text': 'with trouble, or not seen for a day',
  'world.all.every': 'All public domains',
  'world.all.every.text': 'whenever they were seen last',
  'world.all.started': 'Looking.',
  'world.all.job': 'See how far it is',
  'world.all.none': 'No domain is due for a look.',
} as const

/** Jobs that are no operations: the journal has nothing of them. */
export const jobKinds = { 'kind.domain.check': 'Domains looked at' } as const

export const checkJobs = {
  'plan.apply.check_domains': 'Look at {count, plural, one {# domain} other {# domains}}',
  'checks.of': '{total, plural, one {# round} other {# rounds}} of up to 100 domains',
  'checks.items': 'Rounds of this job',
  'checks.subject': 'Domains',
  'checks.done': 'Looked at',
  'checks.cancelled.text': 'Cancelled after {done, plural, one {# round} other {# rounds}}. What was seen is kept.',
  'checks.paused.text': 'Paused between two rounds; {count, plural, one {# is} other {# are}} waiting.',
  'checks.finished.text':
    '{failed, plural, =0 {All has been looked at.} one {# round failed.} other {# rounds failed.}}',
} as const
