import '../../shared/search.css'
import './picker.css'
import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { SchemaName, Tenant } from '../../ipc/client'
import { needle } from '../../shared/format'
import { useText } from '../../shared/text'
import { useTenants } from './api'

/** So many of ten thousand are offered; whoever types on finds the others. */
const MOST = 50

type Props = {
  label: string
  hint?: string
  value: SchemaName | null
  onChange: (schema: SchemaName) => void
  /** One that would make no sense here. */
  except?: SchemaName | undefined
  autoFocus?: boolean
  'data-testid': string
}

/** A tenant, found by its name, its schema or its primary domain. */
export function TenantPicker({ label, hint, value, onChange, except, autoFocus, ...rest }: Props) {
  const { t } = useText()
  const tenants = useTenants().data
  const chosen = tenants?.find(({ schema }) => schema === value)
  const [typed, setTyped] = useState<string | null>(null)
  const { offered, more } = useMemo(() => find(tenants ?? [], typed ?? '', except), [tenants, typed, except])
  return (
    <ComboBox
      className="field tenant-picker"
      items={offered}
      defaultFilter={() => true}
      inputValue={typed ?? chosen?.name ?? value ?? ''}
      onInputChange={setTyped}
      selectedKey={value}
      onSelectionChange={(key) => {
        setTyped(null)
        if (key !== null && key !== value) onChange(String(key))
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="focus"
      allowsEmptyCollection
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control tenant-picker-control">
        <Input className="input" spellCheck={false} autoComplete="off" data-testid={rest['data-testid']} />
        <Button className="button quiet icon-only">
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="popover suggest">
        <ListBox className="menu" renderEmptyState={() => <p className="menu-item muted">{t('tenant.pick.none')}</p>}>
          {(tenant: (typeof offered)[number]) => (
            <ListBoxItem
              id={tenant.id}
              className="menu-item tenant-choice"
              textValue={tenant.name}
              data-testid={`pick-${tenant.schema}`}
            >
              <bdi className="cut">{tenant.name}</bdi>
              <bdi className="mono muted cut">{tenant.schema}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
        {more > 0 && <p className="menu-rest muted small">{t('tenant.pick.more', { count: more })}</p>}
      </Popover>
    </ComboBox>
  )
}

function find(tenants: Tenant[], typed: string, except: string | undefined) {
  const wanted = needle(typed)
  const fits = ({ name, schema, primaryDomain }: Tenant) =>
    `${name}\n${schema}\n${primaryDomain ?? ''}`.toLowerCase().includes(wanted)
  const found = tenants.filter((tenant) => tenant.schema !== except && fits(tenant))
  // A collection knows its items by their ids.
  const offered = found.slice(0, MOST).map((tenant) => ({ ...tenant, id: tenant.schema }))
  return { offered, more: Math.max(0, found.length - MOST) }
}
