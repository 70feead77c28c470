import { CirclePause, CirclePlay, Copy, Ellipsis, type LucideIcon, Pencil, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
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

/** What can be done to a tenant as a whole. */
export function ActionMenu({ tenant }: { tenant: Tenant }) {
  const { t } = useText()
  if (actionsOf(tenant).length === 0) return null
  return (
    <MenuTrigger>
      <Button icon={<Ellipsis size={14} />} data-testid="tenant-more">
        {t('tenant.more')}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Actions tenant={tenant} />
      </Popover>
    </MenuTrigger>
  )
}

/** The same in a row of a list. A list has many rows, so each has a plain button, and no menu before it is asked for. */
export function RowMenu({ tenant }: { tenant: Tenant }) {
  const { t } = useText()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  if (actionsOf(tenant).length === 0) return null
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button quiet icon-only"
        tabIndex={-1}
        aria-label={t('tenant.more.label', { name: tenant.name })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          event.stopPropagation()
          setOpen(true)
        }}
        data-testid={`more-${tenant.schema}`}
      >
        <Ellipsis size={14} aria-hidden />
      </button>
      {isOpen && (
        <Popover
          trigger="MenuTrigger"
          className="popover"
          placement="bottom end"
          triggerRef={button}
          isOpen
          onOpenChange={setOpen}
        >
          <Actions tenant={tenant} onDone={() => setOpen(false)} />
        </Popover>
      )}
    </>
  )
}

function Actions({ tenant, onDone }: { tenant: Tenant; onDone?: () => void }) {
  const { t } = useText()
  const act = useTenantActions()
  return (
    <Menu
      className="menu"
      aria-label={t('tenant.more.label', { name: tenant.name })}
      autoFocus="first"
      onClose={onDone}
      onAction={(key) => act(key as Action, tenant)}
    >
      {actionsOf(tenant).map((action) => {
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
  )
}
