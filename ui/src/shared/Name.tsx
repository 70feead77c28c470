import type { ReactNode } from 'react'

/** A name from the database: whatever it holds, it is shown as text, and its direction stays its own affair. */
export function Name({ children, mono = false }: { children: string; mono?: boolean }) {
  return (
    <bdi className={mono ? 'mono selectable' : 'selectable'} title={children}>
      {children}
    </bdi>
  )
}

/** The same on one line, cut where it is too long; the whole stands in the title. */
export function CutName({ children, mono = false }: { children: string; mono?: boolean }) {
  return (
    <bdi className={mono ? 'cut mono selectable' : 'cut selectable'} title={children}>
      {children}
    </bdi>
  )
}

export function Mono({ children }: { children: ReactNode }) {
  return <bdi className="mono wrap selectable">{children}</bdi>
}
