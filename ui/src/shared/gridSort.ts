import {
  type ColumnDef,
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { GridColumn } from './DataGrid'
import { collator } from './format'

export type Sort = { column: string; desc: boolean }

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type Features = typeof features

/** The rows in order. The order in which they were given, and its reverse, are left to whoever gave them. */
export function useSorted<T>(
  rows: T[],
  columns: GridColumn<T>[],
  rowKey: (row: T) => string,
  sort: Sort,
  given: Sort,
): T[] {
  const isGiven = sort.column === given.column
  const isReversed = isGiven && sort.desc !== given.desc
  const definitions = useMemo(
    () => columns.map((column): ColumnDef<Features, { row: T }> => definition(column)),
    [columns],
  )
  // A table makes an object of each row: of ten thousand at the first look at a list, for nothing.
  const data = useMemo(() => (isGiven ? [] : rows.map((row) => ({ row }))), [rows, isGiven])
  const sorting = useMemo(
    () => (isGiven ? [] : [{ id: sort.column, desc: sort.desc }]),
    [isGiven, sort.column, sort.desc],
  )
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => rowKey(row),
    state: { sorting },
  })
  const sorted = table.getRowModel().rows
  return useMemo(() => {
    if (isGiven) return isReversed ? rows.toReversed() : rows
    return sorted.map((entry) => entry.original.row)
  }, [rows, sorted, isGiven, isReversed])
}

function definition<T>(column: GridColumn<T>): ColumnDef<Features, { row: T }> {
  return {
    id: column.id,
    accessorFn: ({ row }) => column.value(row) ?? undefined,
    sortUndefined: 'last',
    sortFn: (a: Row<Features, { row: T }>, b: Row<Features, { row: T }>) =>
      compare(column.value(a.original.row), column.value(b.original.row)),
  }
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a ?? ''), String(b ?? ''))
}

/** The sort as it stands in a route, and the other way round. */
export const readSort = (search: { sort?: string; dir?: 'desc' }, given: Sort): Sort =>
  search.sort ? { column: search.sort, desc: search.dir === 'desc' } : given

export const writeSort = (sort: Sort, given: Sort) => {
  const isGiven = sort.column === given.column && sort.desc === given.desc
  return { sort: isGiven ? undefined : sort.column, dir: isGiven || !sort.desc ? undefined : ('desc' as const) }
}
