import './attributes.css'
import type { AttributeColumn } from '../../ipc/client'
import { useText } from '../../shared/text'
import { AttributeField } from './AttributeField'
import { useAttributeColumns, useTenantPage } from './api'
import { useDraft } from './draft'
import type { FormProblems } from './formProblems'
import type { Making } from './making'
import { type Start, startsAs } from './startsAs'
import { useColumnRules } from './useColumnRules'

type Props = { making: Making } & Pick<FormProblems, 'problemsOf'>

const KNOWN = ['seats_allowed', 'project_cap', 'admin_name', 'admin_email'] as const
const NO_COLUMNS: AttributeColumn[] = []

/**
 * The columns that the platform's tenant table has besides: what has to be given and the usual ones first, the others
 * folded away, since they begin with something by themselves.
 */
export function AttributeFields({ making, problemsOf }: Props) {
  const { t } = useText()
  const { source, draft: store } = making
  const draft = useDraft(store)
  const inSource = useTenantPage(source).data?.attributes
  const columns = useAttributeColumns().data ?? NO_COLUMNS
  const { needed, choices } = useColumnRules(columns)
  const given = ({ column }: AttributeColumn) => inSource?.find((known) => known.column === column)?.value || null
  const isNeeded = (of: AttributeColumn) => needed.includes(of.column) && given(of) === null
  const isUsual = ({ column }: AttributeColumn) => KNOWN.some((name) => name === column)
  const wanted = columns.filter((of) => isNeeded(of) && !isUsual(of))
  const usual = columns.filter(isUsual)
  const others = columns.filter((of) => !isNeeded(of) && !isUsual(of))

  const startOf = (of: AttributeColumn): Start => {
    const value = given(of)
    return value === null ? startsAs(t, of.default) : { value }
  }
  const field = (of: AttributeColumn) => {
    const name = `attributes.${of.column}`
    const value = draft.attributes[of.column] ?? ''
    return (
      <AttributeField
        key={of.column}
        column={of}
        start={startOf(of)}
        value={value}
        onChange={(next) => store.edit({ attributes: { ...draft.attributes, [of.column]: next } })}
        onBlur={() => store.leave(name)}
        problems={problemsOf(name, value)}
        choices={choices[of.column]}
        isNeeded={isNeeded(of)}
      />
    )
  }
  return (
    <>
      {source !== null && columns.length > 0 && (
        <p className="pane-section muted clone-columns">{t('clone.columns')}</p>
      )}
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
