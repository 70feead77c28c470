import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call, commands, type FleetState, type SchemaName } from '../../../ipc/client'
import { useTask } from '../../../shared/tasks'

/** The fleet by its receipts, seen from a release or the newest. */
export const useFleet = (release: number | undefined) =>
  useQuery({
    queryKey: ['catalog-fleet', release ?? null],
    queryFn: () => call(commands.catalogFleet(release ?? null)),
    placeholderData: keepPreviousData,
  })

export const useHeatMap = (release: number | undefined) =>
  useQuery({
    queryKey: ['catalog-heat', release ?? null],
    queryFn: () => call(commands.catalogHeatMap(release ?? null)),
  })

export const useCopyDifference = (schema: SchemaName, release: number | undefined) =>
  useQuery({
    queryKey: ['copy-difference', schema, release ?? null],
    queryFn: () => call(commands.copyDifference(schema, release ?? null)),
  })

export const useReceipts = (schema: SchemaName) =>
  useQuery({ queryKey: ['catalog-receipts', schema], queryFn: () => call(commands.catalogReceipts(schema)) })

export const useHistory = () =>
  useQuery({ queryKey: ['catalog-history'], queryFn: () => call(commands.catalogHistory()) })

/** Compares every row of some copies, or of all. It goes on when its screen is left. */
export function useComparison(release: number | undefined) {
  const task = useTask<FleetState>('compare-catalogs')
  const compare = (schemas: SchemaName[] | null) =>
    void task.start(
      (id, progress) => call(commands.compareCatalogs(id, schemas, release ?? null, progress)),
      schemas?.length ?? null,
    )
  return { task, compare }
}
