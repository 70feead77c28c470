import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useUndo } from '../features/journal/undo'
import { KeysDialog } from './KeysDialog'
import { SCREENS } from './Rail'
import { domainsSearch } from './search'

const OPEN_KEYS = 'tenantry:keys'

export const openKeys = () => window.dispatchEvent(new Event(OPEN_KEYS))

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]')

/** Is something open that hears Escape itself? */
const isCovered = () => document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null

/** The keys that work on every screen. Returns the list of them, which `?` opens. */
export function useHotkeys() {
  const navigate = useNavigate()
  const { undoNewest } = useUndo()
  const [open, setOpen] = useState(false)

  useEffect(() => {
    const show = () => setOpen(true)
    window.addEventListener(OPEN_KEYS, show)
    return () => window.removeEventListener(OPEN_KEYS, show)
  }, [])

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || isCovered()) return
      const held = event.ctrlKey || event.metaKey
      const screen = held && SCREENS[Number(event.key) - 1]
      if (held && event.key.toLowerCase() === 'n' && !event.shiftKey) {
        void navigate({ to: '/tenants', search: (old) => ({ q: old.q, panel: 'new' as const }) })
      } else if (held && event.shiftKey && event.key.toLowerCase() === 'n') {
        void navigate({ to: '/tenants/csv' })
      } else if (held && event.shiftKey && event.key.toLowerCase() === 'h') {
        void navigate({ to: '/domains', search: (old) => ({ ...domainsSearch(old), panel: 'who' as const }) })
      } else if ((held && event.key.toLowerCase() === 'f') || (event.key === '/' && !isTyping(event.target))) {
        const search = document.querySelector<HTMLInputElement>('[data-search]')
        if (!search) return
        search.focus()
        search.select()
      } else if (held && !event.shiftKey && event.key.toLowerCase() === 'z' && !isTyping(event.target)) {
        void undoNewest()
      } else if (screen) {
        void navigate({ to: screen.to })
      } else if (event.key === '?' && !isTyping(event.target)) {
        setOpen(true)
      } else if (event.key === 'Escape') {
        closePanel()
        return
      } else {
        return
      }
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, undoNewest])

  return <KeysDialog isOpen={open} onClose={() => setOpen(false)} />
}

/** Escape does what the panel's own button does. */
function closePanel() {
  document.querySelector<HTMLElement>('.pane [data-testid=close-panel]')?.click()
}
