import { kinds } from '../../messages/plans'
import { jobKinds } from '../../messages/world'
import type { Text } from '../../shared/text'

const known = { ...kinds, ...jobKinds }
type Known = keyof typeof known
const isKnown = (id: string): id is Known => Object.hasOwn(known, id)

/** An operation's kind in words. One that only a newer version knows is shown as it is. */
export function kindText({ t }: Text, kind: string): string {
  const id = `kind.${kind}`
  return isKnown(id) ? t(id) : kind
}
