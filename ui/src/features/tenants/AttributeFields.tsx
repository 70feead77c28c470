import './attributes.css'
import type { AttributeColumn } from '../../ipc/client'
import { useText } from '../../shared/text'
import { AttributeField } from './AttributeField'
import { useAttributeColumns } from './api'
import { type Draft, editDraft, leaveField } from './draft'
import type { FormProblems } from './formProblems'
import { useColumnRules } from './useColumnRules'

type Props = { draft: Draft } & Pick<FormProblems, 'problemsOf'>

const KNOWN = ['seats_allowed', 'project_cap', 'admin_name', 'admin_email'] as const
const NO_COLUMNS: AttributeColumn[] = []

/**
 * The columns that the platform's tenant table has besides: what has to be given and the usual ones first, the others
 * folded away, since they begin with something by themselves.
 */
export function AttributeFields({ draft, problemsOf }: Props) {
  const { t } = useText()
  const columns = useAttributeColumns().data ?? NO_COLUMNS
  const { needed, choices } = useColumnRules(columns)
  const isNeeded = ({ column }: AttributeColumn) => needed.includes(column)
  const isUsual = ({ column }: AttributeColumn) => KNOWN.some((name) => name === column)
  const wanted = columns.filter((of) => isNeeded(of) && !isUsual(of))
  const usual = columns.filter(isUsual)
  const others = columns.filter((of) => !isNeeded(of) && !isUsual(of))

  const field = (of: AttributeColumn) => {
    const name = `attributes.${of.column}`
    const value = draft.attributes[of.column] ?? ''
    return (
      <AttributeField
        key={of.column}
        column={of}
        value={value}
        onChange={(next) => editDraft({ attributes: { ...draft.attributes, [of.column]: next } })}
        onBlur={() => leaveField(name)}
        problems={problemsOf(name, value)}
        choices={choices[of.column]}
        isNeeded={isNeeded(of)}
      />
    )
  }
  return (
    <>
      {wanted.length > 0 && (
        <section className="pane-section" data-testid="needed-columns">
          <h3 className="form-heading">{t('form.wanted')}</h3>
          <div className="fields">{wanted.map(field)}</div>
        </section>
      )}
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
