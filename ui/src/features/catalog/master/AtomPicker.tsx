import '../../tenants/picker.css'
import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import type { MasterAtom } from '../../../ipc/client'
import { needle } from '../../../shared/format'
import { useText } from '../../../shared/text'
import { textOf } from './versions'

/** So many of twenty thousand are offered; whoever types on finds the others. */
const MOST = 50

type Props = {
  label: string
  atoms: MasterAtom[]
  /** One that would make no sense here. */
  except: string
  value: string | undefined
  onChange: (slug: string) => void
}

/** An atom of the master catalog, found by its name, its slug or its category. */
export function AtomPicker({ label, atoms, except, value, onChange }: Props) {
  const { t } = useText()
  const [typed, setTyped] = useState<string | null>(null)
  const chosen = atoms.find(({ slug }) => slug === value)
  const offered = useMemo(() => {
    const wanted = needle(typed ?? '')
    const found = atoms.filter((atom) => atom.slug !== except && textOf(atom).includes(wanted))
    return found.slice(0, MOST).map(({ slug, name }) => ({ id: slug, name }))
  }, [atoms, except, typed])
  return (
    <ComboBox
      className="field tenant-picker"
      items={offered}
      defaultFilter={() => true}
      inputValue={typed ?? chosen?.name ?? value ?? ''}
      onInputChange={setTyped}
      selectedKey={value ?? null}
      onSelectionChange={(key) => {
        setTyped(null)
        if (key !== null && key !== value) onChange(String(key))
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control tenant-picker-control">
        <Input className="input" spellCheck={false} autoComplete="off" data-testid="retire-to" />
        <Button className="button quiet icon-only">
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      <Popover className="popover suggest">
        <ListBox className="menu" renderEmptyState={() => <p className="menu-item muted">{t('retire.to.none')}</p>}>
          {({ id, name }: (typeof offered)[number]) => (
            <ListBoxItem id={id} className="menu-item tenant-choice" textValue={name} data-testid={`pick-atom-${id}`}>
              <bdi className="cut">{name}</bdi>
              <bdi className="mono muted cut">{id}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
