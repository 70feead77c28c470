import { Fragment, type ReactNode, useSyncExternalStore } from 'react'

/** A dialog that outlives the place it was asked for at: the row or the page may be gone once its plan is applied. */
type Shown = { id: number; render: (close: () => void) => ReactNode }

let shown: Shown | null = null
let ids = 0
const listeners = new Set<() => void>()

function put(next: Shown | null) {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function showDialog(render: Shown['render']) {
  ids += 1
  put({ id: ids, render })
}

export const closeDialog = () => put(null)

/** The place of the one dialog that is shown, above all screens. */
export function Dialogs() {
  const dialog = useSyncExternalStore(subscribe, () => shown)
  return dialog && <Fragment key={dialog.id}>{dialog.render(closeDialog)}</Fragment>
}
