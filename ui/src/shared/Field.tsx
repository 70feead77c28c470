import './field.css'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import type { Problem } from '../ipc/client'
import { Button } from './Button'
import { ProblemText } from './ProblemText'
import { useText } from './text'

type Props = {
  name: string
  label: ReactNode
  value: string
  onChange: (value: string) => void
  onFocus?: () => void
  onBlur?: () => void
  problems?: Problem[]
  /** Something wrong that no rule of an input says. */
  wrong?: ReactNode
  /** Something that stands under the field besides its problems. */
  below?: ReactNode
  hint?: ReactNode
  mono?: boolean
  optional?: boolean
  type?: 'text' | 'password' | 'email' | 'date' | 'datetime-local'
  inputMode?: 'numeric' | 'decimal' | 'email' | 'url' | undefined
  placeholder?: string | undefined
  /** Several lines, such as a JSON document has. */
  multiline?: boolean
  /** It is to be read and copied only. */
  isReadOnly?: boolean
  after?: ReactNode
  autoFocus?: boolean
  'data-testid'?: string
}

/** A field, and under it what the engine thinks of what was typed, with its own proposal one click away. */
export function Field({
  name,
  label,
  problems = [],
  wrong,
  below,
  hint,
  mono,
  optional,
  after,
  multiline,
  placeholder,
  ...props
}: Props) {
  const { t } = useText()
  return (
    <TextField
      className="field"
      value={props.value}
      onChange={props.onChange}
      onFocus={props.onFocus}
      onBlur={props.onBlur}
      isInvalid={problems.length > 0 || Boolean(wrong)}
      isReadOnly={props.isReadOnly ?? false}
      type={props.type ?? 'text'}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
    >
      <Label className="field-label">
        {label}
        {optional && <span className="muted"> · {t('form.optional')}</span>}
      </Label>
      <div className="field-control">
        {multiline ? (
          <TextArea
            className={mono ? 'input area mono' : 'input area'}
            name={name}
            rows={3}
            placeholder={placeholder}
            autoFocus={props.autoFocus}
            data-testid={props['data-testid']}
          />
        ) : (
          <Input
            className={mono ? 'input mono' : 'input'}
            name={name}
            inputMode={props.inputMode}
            placeholder={placeholder}
            autoFocus={props.autoFocus}
            data-testid={props['data-testid']}
          />
        )}
        {after}
      </div>
      {/* The line is always there, so that nothing jumps when something is said in it. */}
      <div className="field-message">
        <FieldError className="field-problems">
          {wrong && (
            <span className="problem">
              <CircleAlert className="problem-icon" size={14} aria-hidden />
              <span className="problem-text">{wrong}</span>
            </span>
          )}
          {problems.map((problem) => (
            <span className="problem" key={JSON.stringify(problem.rule)}>
              <ProblemText problem={problem} />
              {problem.suggestion && (
                <Button onPress={() => props.onChange(problem.suggestion ?? '')} data-testid="use-suggestion">
                  {t('form.fix', { suggestion: problem.suggestion })}
                </Button>
              )}
            </span>
          ))}
        </FieldError>
        {problems.length === 0 && !wrong && (below ?? (hint && <Text slot="description">{hint}</Text>))}
      </div>
    </TextField>
  )
}
