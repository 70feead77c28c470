import type { Choice, Tenant } from '../../ipc/client'
import { OwnerLink } from '../../shared/OwnerLink'
import { useText } from '../../shared/text'

/** What new tenants are made from now. */
export function InUse({ choice: { template, reference, hasFiles }, tenants }: { choice: Choice; tenants: Tenant[] }) {
  const { t, rich } = useText()
  const tenant = tenants.find(({ schema }) => schema === template)
  if (template === null && !hasFiles)
    return (
      <section className="blueprint-now" aria-label={t('blueprint.now')} data-testid="blueprint-now">
        <p>{t('blueprint.none')}</p>
      </section>
    )
  const of = () => {
    if (template === null) return <strong key="of">{t('blueprint.files.in')}</strong>
    if (!tenant)
      return (
        <bdi key="of" className="mono selectable strong">
          {template}
        </bdi>
      )
    return <OwnerLink key="of" owner={{ schema: tenant.schema, name: tenant.name }} />
  }
  return (
    <section className="blueprint-now" aria-label={t('blueprint.now')} data-testid="blueprint-now">
      <p>
        {rich('blueprint.now.text', { of: of() })}{' '}
        {template !== null && <span className="muted">{t('blueprint.now.clone')}</span>}
      </p>
      {template !== null && (
        <p className="wrap">
          {reference.length === 0
            ? t('blueprint.tables.none')
            : rich('blueprint.tables.now', {
                count: reference.length,
                tables: (
                  <bdi key="tables" className="mono selectable">
                    {reference.map(({ table }) => table).join(', ')}
                  </bdi>
                ),
              })}
        </p>
      )}
      {template === null && <p className="muted">{t('blueprint.files.text')}</p>}
    </section>
  )
}
