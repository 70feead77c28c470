import { ArrowRightLeft, Copy, DoorOpen, Star, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import type { ListedDomain } from '../../ipc/client'
import { returnFocus } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { useDomainActions } from './actions'

export type MenuPlace = { domain: ListedDomain; at: { x: number; y: number } }

type Props = { place: MenuPlace; chosen: ReadonlySet<string>; onClose: () => void }

/** What can be done with a domain, or with all that are selected where it is one of them. */
export function DomainMenu({ place: { domain, at }, chosen, onClose }: Props) {
  const { t } = useText()
  const anchor = useRef<HTMLSpanElement>(null)
  const before = useRef<Element | null>(document.activeElement)
  const actions = useDomainActions()
  const many = chosen.has(domain.domain) && chosen.size > 1 ? [...chosen] : null
  const doers: Record<string, () => void> = {
    move: () => actions.move(many ?? [domain.domain]),
    primary: () => actions.makePrimary(domain),
    remove: () => actions.remove(domain),
    copy: () => void navigator.clipboard.writeText(domain.domain),
    tenant: () => actions.openTenant(domain.owner),
  }
  const items = [
    {
      id: 'move',
      icon: ArrowRightLeft,
      text: many ? t('domains.move.many', { count: many.length }) : t('domains.move'),
    },
    ...(domain.primary ? [] : [{ id: 'primary', icon: Star, text: t('domains.menu.primary') }]),
    { id: 'copy', icon: Copy, text: t('domains.menu.copy') },
    { id: 'tenant', icon: DoorOpen, text: t('domains.menu.tenant', { name: domain.owner.name }) },
    { id: 'remove', icon: Trash2, text: t('domains.menu.remove') },
  ]
  // The cell that the menu was opened on has the focus again, unless a dialog has taken it.
  useEffect(() => () => returnFocus(before.current), [])
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at.x, top: at.y }} aria-hidden />
      <Popover
        trigger="MenuTrigger"
        className="popover"
        placement="bottom start"
        offset={2}
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => !open && onClose()}
      >
        <Menu
          className="menu"
          aria-label={t('domains.menu', { domain: domain.unicode })}
          autoFocus="first"
          onClose={onClose}
          onAction={(key) => doers[key]?.()}
        >
          {items.map(({ id, icon: Icon, text }) => (
            <MenuItem
              key={id}
              id={id}
              className={id === 'remove' ? 'menu-item danger' : 'menu-item'}
              textValue={text}
              data-testid={`domain-action-${id}`}
            >
              <Icon size={14} aria-hidden />
              <bdi className="cut">{text}</bdi>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  )
}
