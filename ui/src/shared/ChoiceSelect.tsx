import { Check, ChevronDown } from 'lucide-react'
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'

type Props = {
  label: string
  /** What stands for no choice. */
  all: string
  options: { id: string; text: string }[]
  value: string | undefined
  onChange: (id: string | undefined) => void
  'data-testid'?: string
}

const ALL = ' all'

/** One of several, or all of them. */
export function ChoiceSelect({ label, all, options, value, onChange, ...rest }: Props) {
  return (
    <Select
      aria-label={label}
      selectedKey={value ?? ALL}
      onSelectionChange={(key) => onChange(key === ALL ? undefined : String(key))}
    >
      <Button className="button plain" data-testid={rest['data-testid']}>
        <SelectValue className="button-text cut" />
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={[{ id: ALL, text: all }, ...options]}>
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
