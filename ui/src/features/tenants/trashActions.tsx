import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { TrashedTenant } from '../../ipc/client'
import { showDialog } from '../../shared/dialogs'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { RestoreDialog } from './RestoreDialog'

const route = getRouteApi('/tenants')

/** What can be done to a deleted tenant: bring it back, or remove it for good. */
export function useTrashActions() {
  const { rich } = useText()
  const navigate = route.useNavigate()
  return useMemo(() => {
    const open = (schema: string) => void navigate({ search: { tenant: schema } })
    const forget = () => void navigate({ search: ({ trash: _, ...old }) => old, replace: true })
    return (action: 'restore' | 'purge', tenant: TrashedTenant) => {
      const { trash, schema, name } = tenant
      if (action === 'restore') {
        showDialog((close) => <RestoreDialog tenant={tenant} onClose={close} onRestored={forget} onOpen={open} />)
        return
      }
      showDialog((close) => (
        <PlanDialog
          title={rich('trash.purge.title', { name: <bdi key="name">{name}</bdi> })}
          intent={{ intent: 'purge_tenant', request: { schema: trash } }}
          name={name}
          slot="tenant"
          confirm={schema}
          onClose={close}
          onApplied={forget}
        />
      ))
    }
  }, [rich, navigate])
}
