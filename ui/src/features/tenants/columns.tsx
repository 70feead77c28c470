import { useMemo } from 'react'
import type { Tenant } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { RowMenu } from './ActionMenu'
import { TenantState } from './TenantState'

const stateOrder = (tenant: Tenant) => (tenant.hasSchema ? (tenant.isActive ? 2 : 1) : 0)

export function useTenantColumns(via: (tenant: Tenant) => string | null): GridColumn<Tenant>[] {
  const { t, number, day } = useText()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('tenants.name'),
        width: 'minmax(140px, 2fr)',
        value: (tenant) => tenant.name,
        cell: (tenant) => <CutName>{tenant.name}</CutName>,
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(110px, 1.4fr)',
        hideBelow: 480,
        value: (tenant) => tenant.schema,
        cell: (tenant) => <CutName mono>{tenant.schema}</CutName>,
      },
      {
        id: 'domain',
        header: t('tenants.primary'),
        width: 'minmax(120px, 1.7fr)',
        hideBelow: 400,
        value: (tenant) => tenant.primaryDomain,
        cell: (tenant) => <DomainCell tenant={tenant} via={via(tenant)} />,
      },
      {
        id: 'domains',
        header: t('tenants.domains'),
        width: '80px',
        align: 'end',
        hideBelow: 700,
        value: (tenant) => tenant.domains,
        cell: (tenant) => number(tenant.domains),
      },
      {
        id: 'created',
        header: t('tenants.created'),
        width: '108px',
        hideBelow: 800,
        value: ({ createdOn }) => createdOn && Date.parse(createdOn),
        cell: (tenant) => tenant.createdOn && <span className="muted">{day(tenant.createdOn)}</span>,
      },
      {
        id: 'state',
        header: t('tenants.state'),
        width: '112px',
        hideBelow: 560,
        value: stateOrder,
        cell: (tenant) => <TenantState tenant={tenant} />,
      },
      {
        id: 'more',
        header: '',
        width: '40px',
        value: () => null,
        cell: (tenant) => <RowMenu tenant={tenant} />,
      },
    ],
    [t, number, day, via],
  )
}

function DomainCell({ tenant, via }: { tenant: Tenant; via: string | null }) {
  const { t } = useText()
  if (via) {
    return (
      <span className="cut via" title={via}>
        {t('tenants.via', { domain: via })}
      </span>
    )
  }
  if (tenant.primaryDomain === null) return <span className="muted">{t('tenants.none')}</span>
  return <CutName mono>{tenant.primaryDomain}</CutName>
}
