import type { Plan } from '../../ipc/client'
import type { Text } from '../../shared/text'

/** The verb, the number and the place. */
export function applyLabel(t: Text['t'], { intent, changes }: Plan, name: string): string {
  const count = changes.reduce((sum, change) => {
    if (change.change === 'import_atoms') return sum + change.added.length + change.changed.length
    if (change.change === 'insert_atoms') return sum + change.atoms.length
    return sum + 1
  }, 0)
  const active = intent.intent === 'set_active' && intent.request.active
  return t(`plan.apply.${intent.intent}`, { name, count, active })
}
