import { useMemo } from 'react'
import type { Domain, Tenant } from '../../ipc/client'
import { needle } from '../../shared/format'
import { useDebounced } from '../../shared/useDebounced'
import { useDomains } from '../domains/api'

const texts = new WeakMap<Tenant, string>()

/** What a tenant is found by: made once for each, since every key of a search asks all of them. */
function textOf(tenant: Tenant): string {
  let text = texts.get(tenant)
  if (text === undefined) {
    text = `${tenant.name}\n${tenant.schema}\n${tenant.primaryDomain ?? ''}`.toLowerCase()
    texts.set(tenant, text)
  }
  return text
}

/** Which tenants a search means: by name, schema or any of their domains, of which `via` names the one that fits. */
export function useTenantMatch(query: string) {
  const wanted = needle(query)
  const settled = useDebounced(wanted, 250)
  const domains = useDomains(settled !== '').data
  const found = useMemo(() => (wanted && domains ? owners(domains, wanted) : null), [domains, wanted])
  return useMemo(() => {
    if (!wanted) return { match: null, via: () => null }
    const match = (tenant: Tenant) => textOf(tenant).includes(wanted) || (found?.has(tenant.schema) ?? false)
    const via = (tenant: Tenant) => (textOf(tenant).includes(wanted) ? null : (found?.get(tenant.schema) ?? null))
    return { match, via }
  }, [wanted, found])
}

function owners(domains: Domain[], wanted: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const { domain, unicode, owner } of domains) {
    if (!found.has(owner.schema) && (domain.includes(wanted) || unicode.includes(wanted))) {
      found.set(owner.schema, unicode)
    }
  }
  return found
}
