import type { Change, Plan } from '../../ipc/client'
import type { Text } from '../../shared/text'

/** What follows from giving a domain to another tenant is not counted with it. */
const GIVEN: Change['change'][] = ['add_domain', 'move_domain', 'put_back_domain', 'remove_domain']
const OF_DOMAINS = ['add_domains', 'move_domains', 'import_domains']

/** The verb, the number and the place. */
export function applyLabel(t: Text['t'], { intent, changes }: Plan, name: string): string {
  const count = changes.reduce((sum, change) => {
    if (change.change === 'import_atoms') return sum + change.added.length + change.changed.length
    if (change.change === 'edit_catalog') return sum + editedRows(change)
    if (OF_DOMAINS.includes(intent.intent) && !GIVEN.includes(change.change)) return sum
    return sum + 1
  }, 0)
  const active = intent.intent === 'set_active' && intent.request.active
  return t(`plan.apply.${intent.intent}`, { name, count, active, release: releaseOf(changes) })
}

const editedRows = ({ categories, added, changed, ...gone }: Extract<Change, { change: 'edit_catalog' }>) =>
  categories.length +
  added.length +
  changed.length +
  gone.removedCategories.length +
  gone.removedAtoms.length +
  gone.removedVersions.length

/** The release that a plan makes, or leads to. */
function releaseOf(changes: Change[]): number | 'newest' {
  for (const change of changes) {
    if (change.change === 'make_release') return change.number
    if (change.change === 'sync_catalog') return change.release
    if (change.change === 'change_start_release') return change.after ?? 'newest'
  }
  return 'newest'
}
