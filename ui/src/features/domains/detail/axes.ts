import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Hourglass,
  KeyRound,
  LockOpen,
  type LucideIcon,
  Signpost,
  UserCheck,
} from 'lucide-react'
import type { CertificateState, Ownership, RoutingState } from '../../../ipc/client'
import type { Tone } from '../../../shared/Badge'

export type Mark = { icon: LucideIcon; tone: Tone }

const GOOD: Mark = { icon: CircleCheck, tone: 'good' }
const BAD: Mark = { icon: CircleX, tone: 'bad' }
const ASTRAY: Mark = { icon: Signpost, tone: 'bad' }
const OPEN: Mark = { icon: LockOpen, tone: 'bad' }
const KEY: Mark = { icon: KeyRound, tone: 'note' }
const NOT_KNOWN: Mark = { icon: CircleHelp, tone: 'note' }
/** Nobody has looked, or there is nothing to look for. */
export const NONE: Mark = { icon: CircleDashed, tone: 'plain' }

export const OWNERSHIP_MARKS: Record<Ownership, Mark> = {
  not_required: NONE,
  unproven: KEY,
  proven: GOOD,
  failed: { icon: KeyRound, tone: 'bad' },
  expired: { icon: KeyRound, tone: 'bad' },
  approved: { icon: UserCheck, tone: 'good' },
  lookup_failed: NOT_KNOWN,
}

export const ROUTING_MARKS: Record<RoutingState, Mark> = {
  unknown: NOT_KNOWN,
  ok: GOOD,
  misdirected: ASTRAY,
  conflicting_records: ASTRAY,
  name_not_found: BAD,
  no_address: BAD,
  lookup_failed: NOT_KNOWN,
  not_applicable: NONE,
}

export const CERTIFICATE_MARKS: Record<CertificateState, Mark> = {
  not_applicable: NONE,
  none: OPEN,
  valid: GOOD,
  expiring: { icon: Hourglass, tone: 'note' },
  expired: OPEN,
  not_yet_valid: OPEN,
  name_mismatch: OPEN,
  self_signed: OPEN,
  untrusted: OPEN,
  blocked_by_caa: OPEN,
  lookup_failed: NOT_KNOWN,
}
