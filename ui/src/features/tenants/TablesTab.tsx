import type { TenantPage } from '../../ipc/client'
import { CutName } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'

/** The tables of the tenant's schema, with what PostgreSQL estimates of them. */
export function TablesTab({ page }: { page: TenantPage }) {
  const { t, number, bytes } = useText()
  const { tables, tenant } = page
  if (!tenant.hasSchema) {
    return (
      <div className="pane-section">
        <Notice tone="bad" title={t('state.no_schema')}>
          <p>{t('state.no_schema.text')}</p>
        </Notice>
      </div>
    )
  }
  if (tables.length === 0) return <p className="pane-section muted">{t('tenant.tables.none')}</p>
  const size = bytes(tables.reduce((sum, table) => sum + table.bytes, 0))
  return (
    <>
      <table className="table" data-testid="tables">
        <thead>
          <tr>
            <th>{t('tenant.tables.name')}</th>
            <th className="num">{t('tenant.tables.rows')}</th>
            <th className="num">{t('tenant.tables.size')}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={table.name}>
              <td className="cut">
                <CutName mono>{table.name}</CutName>
              </td>
              <td className="num">
                {table.rows === null ? <span className="muted">{t('tenant.tables.unknown')}</span> : number(table.rows)}
              </td>
              <td className="num">{bytes(table.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pane-section muted">{t('tenant.tables.total', { count: tables.length, size })}</p>
    </>
  )
}
