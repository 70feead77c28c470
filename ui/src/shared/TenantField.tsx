import './field.css'
import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useTenants } from '../features/tenants/api'
import type { Owner } from '../ipc/client'
import { useText } from './text'

/** So many are listed; typing narrows them down. */
const LISTED = 50

type Props = {
  label: string
  value: Owner | null
  onChange: (tenant: Owner | null) => void
  /** A tenant that cannot be meant. */
  without?: string
  hint?: string
  autoFocus?: boolean
  'data-testid'?: string
}

/** One of very many tenants, found by what one types of its name or its schema. */
export function TenantField({ label, value, onChange, without, hint, autoFocus = false, ...rest }: Props) {
  const { t } = useText()
  const tenants = useTenants().data
  const [typed, setTyped] = useState(value?.name ?? '')
  const [shown, setShown] = useState(value?.schema)
  if (value?.schema !== shown) {
    setShown(value?.schema)
    setTyped(value?.name ?? '')
  }
  const items = useMemo(() => {
    const all = (tenants ?? []).filter(({ schema }) => schema !== without)
    const wanted = typed === value?.name ? '' : typed.trim().toLowerCase()
    const has = (text: string) => text.toLowerCase().includes(wanted)
    return (wanted ? all.filter(({ name, schema }) => has(name) || has(schema)) : all).slice(0, LISTED)
  }, [tenants, typed, value, without])
  return (
    <ComboBox
      className="field"
      items={items}
      inputValue={typed}
      onInputChange={setTyped}
      selectedKey={value?.schema ?? null}
      onSelectionChange={(key) => {
        const tenant = items.find(({ schema }) => schema === key)
        // Leaving the field alone chooses nothing.
        if (tenant) {
          onChange({ schema: tenant.schema, name: tenant.name })
          setTyped(tenant.name)
        } else if (typed.trim() === '') onChange(null)
      }}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control combo">
        <Input
          className="input"
          autoFocus={autoFocus}
          spellCheck={false}
          autoComplete="off"
          data-testid={rest['data-testid'] ?? 'tenant-field'}
        />
        <Button className="combo-open" aria-label={t('tenant.field.open')}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {hint && <span className="field-hint">{hint}</span>}
      <Popover className="popover combo-list">
        <ListBox
          className="menu"
          items={items}
          renderEmptyState={() => <span className="menu-empty muted">{t('tenant.field.none')}</span>}
        >
          {({ schema, name }) => (
            <ListBoxItem id={schema} className="menu-item" textValue={name} data-testid={`pick-${schema}`}>
              <bdi className="cut">{name}</bdi>
              <bdi className="cut mono muted">{schema}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
