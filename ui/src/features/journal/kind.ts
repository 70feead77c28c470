import { kinds } from '../../messages/plans'
import type { Text } from '../../shared/text'

type Known = keyof typeof kinds
const isKnown = (id: string): id is Known => Object.hasOwn(kinds, id)

/** An operation's kind in words. One that only a newer version knows is shown as it is. */
export function kindText({ t }: Text, kind: string): string {
  const id = `kind.${kind}`
  return isKnown(id) ? t(id) : kind
}
