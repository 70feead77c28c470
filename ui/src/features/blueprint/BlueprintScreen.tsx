import './blueprint.css'
import { getRouteApi } from '@tanstack/react-router'
import type { Choice, Tenant } from '../../ipc/client'
import { Loaded } from '../../shared/Loaded'
import { Split } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { useTenants } from '../tenants/api'
import { useBlueprint } from './api'
import { BlueprintPane } from './BlueprintPane'
import { InUse } from './InUse'
import { TemplateList } from './TemplateList'

const route = getRouteApi('/blueprint')

/** What new tenants are made from, and what they could be made from instead. */
export function BlueprintScreen() {
  const { t } = useText()
  const { template, files } = route.useSearch()
  const choice = useBlueprint()
  const tenants = useTenants()
  const list = (
    <Loaded query={choice}>
      {(inUse) => (
        <Loaded query={tenants}>
          {(all) => (
            <>
              <InUse choice={inUse} tenants={all} />
              <TemplateList choice={inUse} tenants={all} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  )
  return <Split label={t('nav.blueprint')} list={list} pane={choice.data && pane(choice.data, tenants.data ?? [])} />

  function pane(inUse: Choice, all: Tenant[]) {
    if (files) return <BlueprintPane key=" files" template={null} name={t('blueprint.files')} choice={inUse} />
    if (!template) return null
    const name = all.find(({ schema }) => schema === template)?.name ?? template
    return <BlueprintPane key={template} template={template} name={name} choice={inUse} />
  }
}
