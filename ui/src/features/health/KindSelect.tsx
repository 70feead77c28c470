import { Check, ChevronDown } from 'lucide-react'
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import type { TenantHealth } from '../../ipc/client'
import { useText } from '../../shared/text'
import type { Kind } from './state'
import { kindsOf } from './words'

type Props = { tenants: TenantHealth[]; value: Kind | undefined; onChange: (kind: Kind | undefined) => void }

const ALL = 'all'

/** The kinds of findings that there are, each with how many tenants have it. */
export function KindSelect({ tenants, value, onChange }: Props) {
  const { t, number } = useText()
  const counts = new Map<Kind, number>()
  for (const kind of tenants.flatMap(kindsOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const items = [
    { id: ALL, text: t('health.kind.all'), count: '' },
    ...[...counts].map(([kind, count]) => ({ id: kind, text: t(`symptom.${kind}`), count: number(count) })),
  ]
  return (
    <Select
      aria-label={t('health.kind')}
      selectedKey={value ?? ALL}
      onSelectionChange={(key) => onChange(key === ALL ? undefined : (key as Kind))}
    >
      <Button className="button plain" data-testid="health-kind">
        <SelectValue className="button-text cut" />
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="menu health-kinds" items={items}>
          {({ id, text, count }) => (
            <ListBoxItem id={id} className="menu-item" textValue={text}>
              {({ isSelected }) => (
                <>
                  <span className="health-check">{isSelected && <Check size={14} aria-hidden />}</span>
                  <span className="grow">{text}</span>
                  <span className="muted">{count}</span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
