import '../../shared/check.css'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  Checkbox,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components'
import type { Problem } from '../../ipc/client'
import { ProblemText } from '../../shared/ProblemText'
import { useText } from '../../shared/text'

type Props = {
  column: string
  label: ReactNode
  value: string
  onChange: (value: string) => void
  problems: Problem[]
  hint?: ReactNode
}

const START = ' start'

/** One of a few values. Leaving it to the platform is one of them, unless the platform has none. */
export function ChoiceField(
  props: Props & { choices: string[]; start: string | null; words?: (choice: string) => string },
) {
  const { t } = useText()
  const { column, label, value, onChange, problems, hint, choices, start, words = (choice) => choice } = props
  const left = start === null ? [] : [{ id: START, text: t('form.starts', { start }) }]
  const items = [...left, ...choices.map((choice) => ({ id: choice, text: words(choice) }))]
  return (
    <Select
      className="field"
      selectedKey={value || (start === null ? null : START)}
      onSelectionChange={(key) => onChange(key === START || key === null ? '' : String(key))}
      isInvalid={problems.length > 0}
      placeholder={t('form.choose')}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <Button className="input choose" data-testid={`choice-${column}`} data-field={column}>
        <SelectValue className="cut" />
        <ChevronDown size={12} aria-hidden />
      </Button>
      <Message problems={problems} hint={hint} />
      <Popover className="popover">
        <ListBox className="menu" items={items}>
          {({ id, text }) => (
            <ListBoxItem id={id} className="menu-item" textValue={text}>
              {({ isSelected }) => (
                <>
                  <span className="choose-check">{isSelected && <Check size={14} aria-hidden />}</span>
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

/** Yes or no. Where the platform does not say which it begins with, there is a third answer. */
export function BooleanField({ start, ...props }: Props & { start: string | null }) {
  const { t } = useText()
  if (start === null) {
    const words = (choice: string) => t(choice === 'true' ? 'form.yes' : 'form.no')
    return <ChoiceField {...props} choices={['true', 'false']} start={t('form.start.empty')} words={words} />
  }
  const { column, label, value, onChange, problems, hint } = props
  return (
    <div className="field">
      <Checkbox
        className="check-box"
        name={column}
        isSelected={(value || start) === 'true'}
        onChange={(on) => onChange(String(on) === start ? '' : String(on))}
        isInvalid={problems.length > 0}
        data-testid={`checkbox-${column}`}
      >
        <span className="check-box-mark" aria-hidden>
          <Check size={12} strokeWidth={3} />
        </span>
        {label}
      </Checkbox>
      <div className="field-message">
        {problems.length > 0
          ? problems.map((problem) => (
              <span className="problem" key={problem.rule.code}>
                <ProblemText problem={problem} />
              </span>
            ))
          : hint}
      </div>
    </div>
  )
}

function Message({ problems, hint }: { problems: Problem[]; hint?: ReactNode }) {
  return (
    <div className="field-message">
      <FieldError className="field-problems">
        {problems.map((problem) => (
          <span className="problem" key={problem.rule.code}>
            <ProblemText problem={problem} />
          </span>
        ))}
      </FieldError>
      {problems.length === 0 && hint && <Text slot="description">{hint}</Text>}
    </div>
  )
}
