import type { ReactNode } from 'react'
import { ErrorView } from './ErrorView'
import { Loading } from './states'

type Query<T> = { data: T | undefined; error: unknown; refetch: () => unknown }

/** What was asked for, once it is here. What was here stays when asking again fails, and the failure is told above it. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = query
  const failed = error ? (
    <div className="pane-section">
      <ErrorView error={error} onRetry={() => void refetch()} />
    </div>
  ) : null
  if (data === undefined) return failed ?? <Loading />
  return (
    <>
      {failed}
      {children(data)}
    </>
  )
}
