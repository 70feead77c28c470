import './progress.css'
import { CircleCheck, CircleX, Minus } from 'lucide-react'
import type { Item } from '../ipc/client'
import { Badge } from './Badge'
import { CutName } from './Name'
import { useText } from './text'

/** What became of each of several plans. */
export function ItemList({ items }: { items: Item[] }) {
  if (items.length === 0) return null
  return (
    <ul className="items" data-testid="items">
      {items.map((item) => (
        <li key={item.subject} className="item">
          <CutName mono>{item.subject}</CutName>
          <ItemOutcome item={item} />
        </li>
      ))}
    </ul>
  )
}

export function ItemOutcome({ item }: { item: Item }) {
  const { t } = useText()
  if (item.failure !== null) {
    return (
      <span className="badge bad">
        <CircleX size={14} aria-hidden />
        <span className="wrap-words">
          {t('items.failed')}: <bdi className="wrap selectable">{item.failure}</bdi>
        </span>
      </span>
    )
  }
  if (item.operation === null) return <Badge icon={<Minus size={14} aria-hidden />}>{t('items.nothing')}</Badge>
  return (
    <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
      {t('items.done')}
    </Badge>
  )
}
