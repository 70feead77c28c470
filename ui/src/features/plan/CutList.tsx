import { type ReactNode, useState } from 'react'
import { Button } from '../../shared/Button'
import { useText } from '../../shared/text'

/** So many more lines come when they are asked for. */
const STEP = 500

type Props<T> = {
  items: T[]
  /** So many lines of one kind are read at a glance. */
  first: number
  kindOf: (item: T) => string
  line: (item: T, index: number) => ReactNode
}

/** Lines in their order. A thousand of one kind are cut, so that what follows from them is seen too. */
export function CutList<T>({ items, first, kindOf, line }: Props<T>) {
  return runs(items, kindOf).map(({ start, its }) => (
    <Run key={start} first={first} count={its.length} lineAt={(at) => line(its[at] as T, start + at)} />
  ))
}

function Run({ count, first, lineAt }: { count: number; first: number; lineAt: (at: number) => ReactNode }) {
  const { t } = useText()
  const [shown, setShown] = useState(first)
  // A cut that leaves out a few is not worth a button.
  const end = count <= shown + 5 ? count : shown
  const rest = count - end
  const next = Math.min(STEP, rest)
  return (
    <>
      {Array.from({ length: end }, (_, at) => lineAt(at))}
      {rest > 0 && (
        <li className="change-rest">
          <Button variant="quiet" onPress={() => setShown(end + next)} data-testid="plan-more">
            {t(next === rest ? 'change.show.all' : 'change.show', { rest, count: next })}
          </Button>
        </li>
      )}
    </>
  )
}

function runs<T>(items: T[], kindOf: (item: T) => string): { start: number; its: T[] }[] {
  const found: { start: number; kind: string; its: T[] }[] = []
  for (const [index, item] of items.entries()) {
    const last = found.at(-1)
    const kind = kindOf(item)
    if (last?.kind === kind) last.its.push(item)
    else found.push({ start: index, kind, its: [item] })
  }
  return found
}
