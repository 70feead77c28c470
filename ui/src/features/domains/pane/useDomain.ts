import type { DomainDetail, ListedDomain } from '../../../ipc/client'
import { IpcError } from '../../../ipc/client'
import { useDomainDetail } from '../detail/api'

/** A domain as the list has it. */
export const listed = ({ domain, state, routing }: DomainDetail): ListedDomain => ({
  ...domain,
  state,
  checkedAt: routing?.checkedAt ?? null,
})

/** What is known about a domain; nothing where nobody has it any longer. */
export function useDomain(domain: string) {
  const query = useDomainDetail(domain)
  const isGone = query.error instanceof IpcError && query.error.error.code === 'domain_not_found'
  return { query, isGone }
}
