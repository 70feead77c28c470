import type { HeatState } from '../../../../ipc/client'

/** The gravest first. */
export const HEAT_STATES = ['conflicting', 'edited', 'removed', 'behind', 'own'] as const satisfies readonly HeatState[]

/** So that nobody has to tell colours apart. */
export const SIGNS: Record<HeatState, string> = { conflicting: '!', edited: '≠', removed: '−', behind: '↑', own: '+' }
