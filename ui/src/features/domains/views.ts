import { useSyncExternalStore } from 'react'
import { type ListSearch, listSearch } from '../../app/search'

/** A search with its order, kept under a name on this machine. */
export type View = ListSearch & { name: string }

const KEY = 'tenantry.domain-views'
const listeners = new Set<() => void>()
let kept: { raw: string | null; views: View[] } = { raw: null, views: [] }

/** Whatever is kept is read as views, or not at all. */
function read(): View[] {
  const raw = localStorage.getItem(KEY)
  if (raw !== kept.raw) kept = { raw, views: parse(raw) }
  return kept.views
}

function parse(raw: string | null): View[] {
  try {
    const found: unknown = JSON.parse(raw ?? '[]')
    if (!Array.isArray(found)) return []
    return found
      .filter((view) => typeof view?.name === 'string' && view.name !== '')
      .map((view) => ({ name: view.name, ...listSearch(view) }))
  } catch {
    return []
  }
}

function write(views: View[]) {
  localStorage.setItem(KEY, JSON.stringify(views))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useViews = () => useSyncExternalStore(subscribe, read)

/** A view of the same name is replaced. */
export const saveView = (view: View) => write([...read().filter(({ name }) => name !== view.name), view].sort(byName))

export const deleteView = (name: string) => write(read().filter((view) => view.name !== name))

export const renameView = (name: string, to: string) =>
  write(
    read()
      .filter((view) => view.name === name || view.name !== to)
      .map((view) => (view.name === name ? { ...view, name: to } : view))
      .sort(byName),
  )

const byName = (a: View, b: View) => a.name.localeCompare(b.name, 'en')

export const isSameView = (a: ListSearch, b: ListSearch) =>
  (a.q ?? '') === (b.q ?? '') && a.sort === b.sort && a.dir === b.dir
