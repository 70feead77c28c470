import { Check, ChevronDown } from 'lucide-react'
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import type { MasterCatalog } from '../../ipc/client'
import { useText } from '../../shared/text'

type Props = { catalog: MasterCatalog; value: string | undefined; onChange: (category: string | undefined) => void }

const ALL = ' all'

export function CategorySelect({ catalog, value, onChange }: Props) {
  const { t } = useText()
  const items = [
    { id: ALL, text: t('catalog.category.all') },
    ...catalog.categories.map(({ name }) => ({ id: name, text: name })),
  ]
  return (
    <Select
      aria-label={t('catalog.category')}
      selectedKey={value ?? ALL}
      onSelectionChange={(key) => onChange(key === ALL ? undefined : String(key))}
    >
      <Button className="button plain" data-testid="category">
        <SelectValue className="button-text cut" />
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={items}>
          {({ id, text }) => (
            <ListBoxItem id={id} className="menu-item" textValue={text}>
              {({ isSelected }) => (
                <>
                  <span className="menu-check">{isSelected && <Check size={14} aria-hidden />}</span>
                  <bdi className="cut">{text}</bdi>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
