import type { AttributeColumn, Problem } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { BooleanField, ChoiceField } from './ChoiceField'
import type { Start } from './startsAs'

type Props = {
  column: AttributeColumn
  start: Start
  value: string
  onChange: (value: string) => void
  onBlur: () => void
  problems: Problem[]
  /** The values that the table's rules allow, where they list them. */
  choices: string[] | undefined
  isNeeded: boolean
}

/** A column of the platform's tenant table, with the control that its type asks for. */
export function AttributeField({ column: of, start, value, onChange, onBlur, problems, choices, isNeeded }: Props) {
  const { t } = useText()
  const { column, dataType } = of
  const startWords = 'value' in start ? start.value : start.words
  const kind = kindOf(dataType)
  const text = columnLabel(t, column)
  const isKnown = text !== column
  const label = (
    <>
      {isKnown ? text : <bdi className="mono wrap">{column}</bdi>}
      {isNeeded && <span className="needed">{t('form.needed')}</span>}
    </>
  )
  const hint = isKnown ? undefined : isNeeded ? dataType : t('form.more.hint', { type: dataType, start: startWords })
  const common = { column, label, value, onChange, problems, hint }
  if (choices) return <ChoiceField {...common} choices={choices} start={isNeeded ? null : startWords} />
  if (kind === 'boolean') return <BooleanField {...common} start={'value' in start ? start.value : null} />
  return (
    <Field
      name={column}
      label={label}
      value={kind === 'instant' ? value.slice(0, LOCAL) : value}
      onChange={kind === 'instant' ? (local) => onChange(withOffset(local)) : onChange}
      onBlur={onBlur}
      problems={problems}
      mono={!isKnown}
      optional={isKnown && !isNeeded}
      hint={hint}
      placeholder={isNeeded ? undefined : t('form.starts', { start: startWords })}
      type={kind === 'date' ? 'date' : kind === 'moment' || kind === 'instant' ? 'datetime-local' : 'text'}
      inputMode={INPUT_MODES[kind] ?? (column === 'admin_email' ? 'email' : undefined)}
      multiline={kind === 'json' || kind === 'lines'}
      below={kind === 'json' && isJson(value) ? <span className="good">{t('form.json')}</span> : undefined}
    />
  )
}

type Kind = 'integer' | 'decimal' | 'boolean' | 'date' | 'moment' | 'instant' | 'json' | 'lines' | 'text'

const INPUT_MODES: Partial<Record<Kind, 'numeric' | 'decimal'>> = { integer: 'numeric', decimal: 'decimal' }

function kindOf(dataType: string): Kind {
  if (/^(smallint|integer|bigint)$/.test(dataType)) return 'integer'
  if (/^(numeric|real|double precision)/.test(dataType)) return 'decimal'
  if (dataType === 'boolean') return 'boolean'
  if (dataType === 'date') return 'date'
  if (/^timestamp.* without time zone$/.test(dataType)) return 'moment'
  if (/^timestamp.* with time zone$/.test(dataType)) return 'instant'
  if (/^jsonb?$/.test(dataType)) return 'json'
  return dataType === 'text' ? 'lines' : 'text'
}

function isJson(value: string): boolean {
  if (value.trim() === '') return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

/** The part of an instant that the control shows: `2026-03-01T10:00`. */
const LOCAL = 16

/** The server may be in another zone than whoever types, so the offset goes with the time. */
function withOffset(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset()
  if (local === '' || Number.isNaN(minutes)) return local
  const two = (of: number) => String(Math.floor(Math.abs(of))).padStart(2, '0')
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
