import type { Attribute } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { useText } from '../../shared/text'

/** The columns of the tenant's row beyond those in the head of the page. */
export function AboutTab({ attributes }: { attributes: Attribute[] }) {
  const { t } = useText()
  if (attributes.length === 0) return <p className="pane-section muted">{t('tenant.attributes.none')}</p>
  return (
    <dl className="pane-section facts">
      {attributes.map(({ column, value }) => (
        <div key={column} data-testid={`attribute-${column}`}>
          <dt>
            <bdi className="wrap" title={column}>
              {columnLabel(t, column)}
            </bdi>
          </dt>
          <dd className="wrap">
            {value === null || value === '' ? (
              <span className="muted">{t('tenant.attribute.empty')}</span>
            ) : (
              <bdi className="selectable">{value}</bdi>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
