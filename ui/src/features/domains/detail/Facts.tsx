import type { ReactNode } from 'react'

/** A term and what is known of it. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="seen-fact">
      <dt>{term}</dt>
      <dd className="wrap">{children}</dd>
    </div>
  )
}
