import { useQuery } from '@tanstack/react-query'
import { call, commands, type SchemaName } from '../../ipc/client'

/** What new tenants are made from. */
export const useBlueprint = () => useQuery({ queryKey: ['blueprint'], queryFn: () => call(commands.blueprintChoice()) })

/** Which rows of a template the engine would let go along, and why. */
export const useProposals = (template: SchemaName) =>
  useQuery({
    queryKey: ['reference-rows', template],
    queryFn: () => call(commands.proposeReferenceRows(template)),
  })
