import type { SyncSearch } from '../../../app/search'
import type { SyncFleet } from '../../../ipc/client'

/** The place at which a preview was asked for. */
export function searchOf({ schemas, release, onConflict, byReceipts }: SyncFleet): SyncSearch {
  const [one] = schemas?.length === 1 ? schemas : []
  return {
    one,
    of: schemas !== null && one === undefined ? 'chosen' : undefined,
    release: release ?? undefined,
    conflicts: onConflict === 'stop' ? undefined : onConflict,
    rows: byReceipts ? undefined : 'all',
  }
}
