import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type CreateTenant, call, commands, type SchemaName } from '../../ipc/client'
import { mark } from '../../shared/marks'
import type { Making } from './making'

export const useTenants = (enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['tenants'],
    queryFn: async () => {
      mark('tenants-asked')
      const tenants = await call(commands.listTenants())
      mark('tenants-answered')
      return tenants
    },
  })

/** The name of a tenant for people, as far as it is known. */
export function useTenantName(schema: SchemaName | null): string {
  const tenants = useTenants().data
  return tenants?.find((known) => known.schema === schema)?.name ?? schema ?? ''
}

/** The same for many of them. */
export function useTenantNames(): (schema: SchemaName) => string {
  const tenants = useTenants().data
  return useMemo(() => {
    const names = new Map(tenants?.map(({ schema, name }) => [schema, name]))
    return (schema) => names.get(schema) ?? schema
  }, [tenants])
}

/** The deleted tenants. */
export const useTrash = () => useQuery({ queryKey: ['trash'], queryFn: () => call(commands.trash()) })

export const useTenantPage = (schema: SchemaName | null) =>
  useQuery({
    queryKey: ['tenant', schema],
    queryFn: () => call(commands.tenantPage(schema ?? '')),
    enabled: schema !== null,
  })

export const useAttributeColumns = () =>
  useQuery({ queryKey: ['attribute-columns'], queryFn: () => call(commands.attributeColumns()) })

/** What the engine thinks of a request. The answer to the one before stays until the new one is here. */
export const useCheck = ({ source, check }: Making, request: CreateTenant, isTried: boolean) =>
  useQuery({
    queryKey: ['check', source, source !== null && isTried, request],
    queryFn: () => check(request, isTried),
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
