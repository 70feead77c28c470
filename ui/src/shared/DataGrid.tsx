import { type ReactNode, useMemo } from 'react'
import type { Choice } from './gridChoice'
import { type Sort, useSorted } from './gridSort'
import { RowGrid } from './RowGrid'
import { type RowSource, sourceOf } from './rowSource'

export type GridColumn<T> = {
  id: string
  header: string
  /** A track of the CSS grid. */
  width: string
  align?: 'end'
  /** The column gives way when the grid is narrower than so many pixels. */
  hideBelow?: number
  /** What it is sorted by; nothing goes last. */
  value: (row: T) => string | number | null
  cell: (row: T) => ReactNode
}

export type GridProps<T> = {
  label: string
  columns: GridColumn<T>[]
  rowKey: (row: T) => string
  rowTestId?: (row: T) => string
  rowHeight?: (row: T) => number
  selected?: string | undefined
  onOpen?: (row: T) => void
  sort: Sort
  /** Left out where the rows come in one order only. */
  onSort?: (sort: Sort) => void
  onFirstRows?: () => void
  /** Called when the last rows come into view. */
  onEnd?: () => void
  /** Called by a right click or the menu key, with the place where a menu should open. */
  onMenu?: (row: T, at: { x: number; y: number }) => void
  /** The rows that are chosen, to do something with all of them. */
  choice?: Choice<T>
}

type Listed<T> = GridProps<T> & {
  rows: T[]
  /** The order in which the rows were given. */
  given: Sort
  /** The rows to show; all of them where it is not given. */
  match?: ((row: T) => boolean) | null
}

type Sourced<T> = GridProps<T> & { rows: RowSource<T> }

/** A list of any length: rows that are all here are put in order and filtered here, others come as they are wanted. */
export function DataGrid<T>(props: Listed<T> | Sourced<T>) {
  return isListed(props) ? <ListGrid {...props} /> : <RowGrid {...props} />
}

const isListed = <T,>(props: Listed<T> | Sourced<T>): props is Listed<T> => Array.isArray(props.rows)

function ListGrid<T>({ rows, given, match, ...props }: Listed<T>) {
  const { columns, rowKey, sort } = props
  const sorted = useSorted(rows, columns, rowKey, sort, given)
  const source = useMemo(() => sourceOf(match ? sorted.filter(match) : sorted, rowKey), [sorted, match, rowKey])
  return <RowGrid {...props} rows={source} />
}
