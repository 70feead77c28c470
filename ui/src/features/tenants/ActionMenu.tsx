import { CirclePause, CirclePlay, Copy, Ellipsis, type LucideIcon, Pencil, Trash2 } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { Tenant } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { useText } from '../../shared/text'
import { type Action, actionsOf, useTenantActions } from './actions'

export const ACTION_ICONS: Record<Action, LucideIcon> = {
  rename: Pencil,
  clone: Copy,
  suspend: CirclePause,
  resume: CirclePlay,
  delete: Trash2,
}

type Props = { tenant: Tenant; testId: string; small?: boolean }

/** What can be done to a tenant as a whole. */
export function ActionMenu({ tenant, testId, small }: Props) {
  const { t } = useText()
  const act = useTenantActions()
  const actions = actionsOf(tenant)
  if (actions.length === 0) return null
  const label = t('tenant.more.label', { name: tenant.name })
  return (
    <MenuTrigger>
      {small ? (
        <Button
          variant="quiet"
          icon={<Ellipsis size={14} />}
          aria-label={label}
          excludeFromTabOrder
          data-testid={testId}
        />
      ) : (
        <Button icon={<Ellipsis size={14} />} data-testid={testId}>
          {t('tenant.more')}
        </Button>
      )}
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={label} onAction={(key) => act(key as Action, tenant)}>
          {actions.map((action) => {
            const Icon = ACTION_ICONS[action]
            return (
              <MenuItem
                key={action}
                id={action}
                className={action === 'delete' ? 'menu-item danger' : 'menu-item'}
                textValue={t(`tenant.${action}`)}
                data-testid={`action-${action}`}
              >
                <Icon size={14} aria-hidden />
                {t(`tenant.${action}`)}
              </MenuItem>
            )
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
