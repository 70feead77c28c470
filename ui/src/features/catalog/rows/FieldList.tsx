import './rows.css'
import { ArrowRight } from 'lucide-react'
import type { FieldDifference } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { fieldName, isLong, valueWords } from './fields'
import { LineDiff } from './LineDiff'

/** What differs, field by field: short values side by side, long ones line by line. */
export function FieldList({ fields }: { fields: FieldDifference[] }) {
  const text = useText()
  return (
    <dl className="field-list">
      {fields.map((field) => (
        <div key={field.field} className={isLong(field) ? 'field-line long' : 'field-line'}>
          <dt>{fieldName(text, field.field)}</dt>
          <dd>
            <Values field={field} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Values({ field: of }: { field: FieldDifference }) {
  const text = useText()
  const { field, before, after } = of
  const words = (value: string) => valueWords(text, field, value)
  if (isLong(of)) {
    const label = fieldName(text, field)
    return (
      <LineDiff
        label={label}
        before={before === null ? '' : words(before)}
        after={after === null ? '' : words(after)}
      />
    )
  }
  const value = (of: string | null) =>
    of === null ? null : of === '' ? <span className="muted">{text.t('catalog.value.empty')}</span> : words(of)
  return (
    <span className="before-after">
      {before !== null && <s className="wrap selectable">{value(before)}</s>}
      {before !== null && after !== null && <ArrowRight size={12} aria-hidden />}
      {after !== null && <bdi className="wrap selectable">{value(after)}</bdi>}
    </span>
  )
}
