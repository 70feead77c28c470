import type { JobItem, RowCheck } from '../../ipc/client'

/** What would become of a row, and once a job is at work, what became of it. */
export const ROW_STATES = ['new', 'created', 'failed', 'waiting', 'exists', 'bad'] as const
export type RowState = (typeof ROW_STATES)[number]

/** A row of the file, and the job's item that came of it. */
export type Row = { check: RowCheck; item: JobItem | undefined; state: RowState }

/**
 * The verdict and the item together, as the result file has them. A row that was looked at after the job had done it
 * is there already; it is the job that created it, though.
 */
export function stateOf({ verdict: { verdict } }: RowCheck, item: JobItem | undefined): RowState {
  if (verdict !== 'new' && verdict !== 'exists') return 'bad'
  if (!item) return verdict
  if (item.state !== 'done') return item.state
  return item.operation === null ? 'exists' : 'created'
}

export function rowsOf(checks: RowCheck[], items: JobItem[]): Row[] {
  const bySubject = new Map(items.map((item) => [item.subject, item]))
  return checks.map((check) => {
    const item = bySubject.get(check.subject)
    return { check, item, state: stateOf(check, item) }
  })
}

export function countOf(rows: Row[]): Record<RowState, number> {
  const counts = { new: 0, created: 0, failed: 0, waiting: 0, exists: 0, bad: 0 }
  for (const { state } of rows) counts[state] += 1
  return counts
}
