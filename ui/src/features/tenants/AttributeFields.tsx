import type { AttributeColumn } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { useAttributeColumns } from './api'
import { type Draft, editDraft, leaveField } from './draft'
import type { FormProblems } from './formProblems'

type Props = { draft: Draft } & Pick<FormProblems, 'problemsOf'>

const NUMBERS = ['seats_allowed', 'project_cap']
const KNOWN = ['seats_allowed', 'project_cap', 'admin_name', 'admin_email'] as const

/** The columns that the platform's tenant table has besides: the usual ones first, the others folded away. */
export function AttributeFields({ draft, problemsOf }: Props) {
  const { t } = useText()
  const columns = useAttributeColumns().data ?? []
  const usual = columns.filter(({ column }) => KNOWN.some((name) => name === column))
  const others = columns.filter((column) => !usual.includes(column))

  const field = ({ column, dataType, default: filled }: AttributeColumn) => {
    const known = KNOWN.find((name) => name === column)
    const value = draft.attributes[column] ?? ''
    const hint = filled ? t('form.more.hint', { type: dataType, default: filled }) : dataType
    return (
      <Field
        key={column}
        name={column}
        label={known ? columnLabel(t, column) : <bdi className="mono">{column}</bdi>}
        value={value}
        onChange={(next) => editDraft({ attributes: { ...draft.attributes, [column]: next } })}
        onBlur={() => leaveField(`attributes.${column}`)}
        problems={problemsOf(`attributes.${column}`, value)}
        mono={!known}
        optional={known !== undefined}
        inputMode={NUMBERS.includes(column) ? 'numeric' : column === 'admin_email' ? 'email' : undefined}
        hint={known ? undefined : hint}
      />
    )
  }
  return (
    <>
      {usual.length > 0 && (
        <section className="pane-section">
          <h3 className="form-heading">{t('form.limits')}</h3>
          <div className="fields">{usual.map(field)}</div>
        </section>
      )}
      {others.length > 0 && (
        <section className="pane-section">
          <details>
            <summary className="form-heading">{t('form.more')}</summary>
            <div className="fields">{others.map(field)}</div>
          </details>
        </section>
      )}
    </>
  )
}
