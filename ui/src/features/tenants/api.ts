import { useQuery } from '@tanstack/react-query'
import { type CreateTenant, call, commands, type SchemaName } from '../../ipc/client'
import { mark } from '../../shared/marks'

export const useTenants = () =>
  useQuery({
    queryKey: ['tenants'],
    queryFn: async () => {
      mark('tenants-asked')
      const tenants = await call(commands.listTenants())
      mark('tenants-answered')
      return tenants
    },
  })

/** The deleted tenants. */
export const useTrash = () => useQuery({ queryKey: ['trash'], queryFn: () => call(commands.trash()) })

export const useTenantPage = (schema: SchemaName) =>
  useQuery({ queryKey: ['tenant', schema], queryFn: () => call(commands.tenantPage(schema)) })

export const useAttributeColumns = () =>
  useQuery({ queryKey: ['attribute-columns'], queryFn: () => call(commands.attributeColumns()) })

/** What the engine thinks of a request. The answer to the one before stays until the new one is here. */
export const useCheck = (request: CreateTenant) =>
  useQuery({
    queryKey: ['check', request],
    queryFn: () => call(commands.checkTenant(request)),
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
