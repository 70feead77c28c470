import type { Severity, Symptom } from '../../ipc/client'

/** A tenant's state is that of its gravest finding. */
export const STATES = ['grave', 'wrong', 'notice', 'clean'] as const
export type State = Severity | 'clean'
export type Kind = Symptom['symptom']
