import type { Step } from '../../../ipc/client'
import type { RecordRow } from './RecordTable'

/** Steps that are one thing to do: several records to be removed for one reason, or to be added. */
export type Todo = { step: Step; rows: RecordRow[] }

/** The steps in the order in which the engine gives them; neighbours of one kind are done together. */
export function todos(steps: Step[]): Todo[] {
  const found: Todo[] = []
  for (const step of steps) {
    const last = found.at(-1)
    if (last && isAlike(last.step, step)) last.rows.push(...rowsOf(step))
    else found.push({ step, rows: rowsOf(step) })
  }
  return found
}

function isAlike(a: Step, b: Step): boolean {
  if (a.step === 'remove_record') return b.step === 'remove_record' && a.why === b.why
  if (a.step === 'add_record') return b.step === 'add_record' && isProof(a) === isProof(b)
  return false
}

function rowsOf(step: Step): RecordRow[] {
  switch (step.step) {
    case 'remove_record':
      return [{ record: step.record, sign: 'remove' }]
    case 'change_record':
      return [
        { record: step.from, sign: 'remove' },
        { record: step.to, sign: 'add' },
      ]
    case 'add_record':
    case 'allow_authority':
      return [{ record: step.record, sign: 'add' }]
    default:
      return []
  }
}

/** Is it about the record that proves who rules over the domain? */
export const isProof = (step: Step) =>
  (step.step === 'add_record' && step.record.kind === 'TXT') ||
  (step.step === 'change_record' && step.to.kind === 'TXT')

const BY_ZONE: ReadonlySet<Step['step']> = new Set([
  'nameservers_do_not_answer',
  'remove_record',
  'change_record',
  'add_record',
  'point_apex',
  'allow_authority',
])
const BY_NOBODY: ReadonlySet<Step['step']> = new Set(['try_again_later', 'wait_for_certificate'])

/** Who can do it. */
export const doneBy = ({ step }: Step): 'zone' | 'platform' | null =>
  BY_ZONE.has(step) ? 'zone' : BY_NOBODY.has(step) ? null : 'platform'
