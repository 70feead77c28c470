import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { TABS, type Tab as TabName } from '../../app/search'
import type { TenantPage } from '../../ipc/client'
import { Loaded } from '../../shared/Loaded'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { TenantDomains } from '../domains/TenantDomains'
import { VerifyTenant } from '../verify/VerifyTenant'
import { AboutTab } from './AboutTab'
import { ActionMenu } from './ActionMenu'
import { useTenantPage } from './api'
import { CatalogTab } from './CatalogTab'
import { TablesTab } from './TablesTab'
import { TenantState } from './TenantState'

const route = getRouteApi('/tenants')

/** Everything about one tenant. */
export function TenantPane({ schema }: { schema: string }) {
  const { t, rich, day } = useText()
  const page = useTenantPage(schema)
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ tenant: _, tab: __, ...old }) => old })
  const tenant = page.data?.tenant
  return (
    <Pane
      label={t('tenant.panel')}
      title={<Name>{tenant?.name ?? schema}</Name>}
      subtitle={
        tenant && (
          <>
            <Name mono>{tenant.schema}</Name>
            <TenantState tenant={tenant} />
            {tenant.createdOn && (
              <span className="muted">{rich('tenant.created', { date: day(tenant.createdOn) })}</span>
            )}
          </>
        )
      }
      actions={tenant && <ActionMenu tenant={tenant} />}
      onClose={close}
      data-testid="tenant-detail"
    >
      <Loaded query={page}>{(data) => <TenantTabs page={data} />}</Loaded>
    </Pane>
  )
}

function TenantTabs({ page }: { page: TenantPage }) {
  const { t } = useText()
  const { tab = 'domains' } = route.useSearch()
  const navigate = route.useNavigate()
  const choose = useCallback(
    (chosen: TabName) =>
      void navigate({ search: (old) => ({ ...old, tab: chosen === 'domains' ? undefined : chosen }) }),
    [navigate],
  )
  return (
    <Tabs className="tabs" selectedKey={tab} onSelectionChange={(key) => choose(key as TabName)}>
      <TabList className="tab-list" aria-label={t('tenant.panel')}>
        {TABS.map((name) => (
          <Tab key={name} id={name} className="tab" data-testid={`tab-${name}`}>
            {t(`tenant.tab.${name}`)}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="domains" className="tab-panel">
        <TenantDomains tenant={page.tenant} domains={page.domains} />
      </TabPanel>
      <TabPanel id="catalog" className="tab-panel">
        <CatalogTab tenant={page.tenant} catalog={page.catalog} onVerify={() => choose('verify')} />
      </TabPanel>
      <TabPanel id="tables" className="tab-panel">
        <TablesTab page={page} />
      </TabPanel>
      <TabPanel id="verify" className="tab-panel">
        <VerifyTenant schema={page.tenant.schema} />
      </TabPanel>
      <TabPanel id="about" className="tab-panel">
        <AboutTab attributes={page.attributes} />
      </TabPanel>
    </Tabs>
  )
}
