import '../../../shared/field.css'
import '../../tenants/picker.css'
import { ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { Category, Problem } from '../../../ipc/client'
import { needle } from '../../../shared/format'
import { ProblemText } from '../../../shared/ProblemText'
import { useText } from '../../../shared/text'

type Props = { categories: Category[]; value: string; onChange: (name: string) => void; problems: Problem[] }

/** A category of the master catalog, or the name of a new one. */
export function CategoryField({ categories, value, onChange, problems }: Props) {
  const { t } = useText()
  const isKnown = categories.some(({ name }) => name === value.trim())
  const offered = useMemo(() => {
    // Whoever opens the list of a field that is filled in wants to see the others.
    const wanted = isKnown ? '' : needle(value)
    const found = categories.filter(({ name }) => name.toLowerCase().includes(wanted))
    return found.map(({ name }) => ({ id: name }))
  }, [categories, value, isKnown])
  return (
    <ComboBox
      className="field tenant-picker"
      items={offered}
      defaultFilter={() => true}
      inputValue={value}
      onInputChange={onChange}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      selectedKey={isKnown ? value.trim() : null}
      allowsCustomValue
      menuTrigger="manual"
      isInvalid={problems.length > 0}
      validationBehavior="aria"
    >
      <Label className="field-label">{t('catalog.category')}</Label>
      <div className="field-control tenant-picker-control">
        <Input className="input" name="category" spellCheck={false} autoComplete="off" data-testid="atom-category" />
        <Button className="button quiet icon-only" aria-label={t('catalog.category.choose')}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      <div className="field-message">
        <FieldError className="field-problems">
          {problems.map((problem) => (
            <span className="problem" key={JSON.stringify(problem.rule)}>
              <ProblemText problem={problem} />
            </span>
          ))}
        </FieldError>
        {problems.length === 0 && value.trim() !== '' && !isKnown && (
          <Text slot="description">{t('catalog.category.new')}</Text>
        )}
      </div>
      <Popover className="popover suggest">
        <ListBox className="menu">
          {({ id }: { id: string }) => (
            <ListBoxItem id={id} className="menu-item" textValue={id}>
              <bdi className="cut">{id}</bdi>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
