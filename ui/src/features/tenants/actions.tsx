import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Intent, Tenant } from '../../ipc/client'
import type { MessageId } from '../../messages/en'
import { Button } from '../../shared/Button'
import { showDialog } from '../../shared/dialogs'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { RenameDialog } from './RenameDialog'

const route = getRouteApi('/tenants')

/** What can be done to one tenant as a whole. Each shows its plan first. */
export const ACTIONS = ['rename', 'clone', 'suspend', 'resume', 'delete'] as const
export type Action = (typeof ACTIONS)[number]

/** The actions that make sense for a tenant as it is now. */
export function actionsOf({ isActive, schema, hasSchema }: Tenant): Action[] {
  if (schema === 'public') return []
  const left = [isActive ? 'resume' : 'suspend', ...(hasSchema ? [] : ['clone'])]
  return ACTIONS.filter((action) => !left.includes(action))
}

/** What is planned in a dialog, without asking for more. */
type Plain = Exclude<Action, 'rename' | 'clone'>

export function intentOf(action: Plain, schema: string): Intent {
  if (action === 'delete') return { intent: 'delete_tenant', request: { schema } }
  return { intent: 'set_active', request: { schema, active: action === 'resume' } }
}

const TITLES: Record<Plain, MessageId> = {
  suspend: 'tenant.suspend.title',
  resume: 'tenant.resume.title',
  delete: 'tenant.delete.title',
}

export function useTenantActions() {
  const { t, rich } = useText()
  const navigate = route.useNavigate()
  return useMemo(() => {
    /** The page that showed the tenant follows it. */
    const follow = (from: string, to: string | undefined) =>
      void navigate({ search: (old) => (old.tenant === from ? { ...old, tenant: to } : old), replace: true })
    return (action: Action, tenant: Tenant) => {
      const { schema, name } = tenant
      if (action === 'rename') {
        showDialog((close) => <RenameDialog tenant={tenant} onClose={close} onRenamed={(to) => follow(schema, to)} />)
        return
      }
      if (action === 'clone') {
        void navigate({ to: '/tenants', search: ({ step: _, ...old }) => ({ ...old, tenant: schema, panel: action }) })
        return
      }
      showDialog((close) => (
        <PlanDialog
          title={rich(TITLES[action], { name: <bdi key="name">{name}</bdi> })}
          intent={intentOf(action, schema)}
          name={name}
          slot="tenant"
          onClose={close}
          onApplied={() => action === 'delete' && follow(schema, undefined)}
          done={({ operation }, over) => {
            if (action !== 'delete' || !operation) return {}
            const actions = (
              <Button
                onPress={() => {
                  over()
                  void navigate({ to: '/tenants', search: { show: 'deleted' as const } })
                }}
                data-testid="open-trash"
              >
                {t('trash.open')}
              </Button>
            )
            return {
              title: rich('tenant.delete.done', { name: <bdi key="name">{name}</bdi> }),
              text: t('tenant.delete.text'),
              actions,
            }
          }}
        />
      ))
    }
  }, [t, rich, navigate])
}
