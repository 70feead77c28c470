import type { ReadOnly } from '../ipc/client'
import type { Text } from './text'

/** Why a platform can only be read, and what would do. */
export function readOnlyWords({ rich, list }: Pick<Text, 'rich' | 'list'>, reason: ReadOnly) {
  return rich(`read_only.${reason.why}`, reason.why === 'new_columns' ? { columns: list(reason.columns) } : {})
}
