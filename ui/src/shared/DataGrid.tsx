import './grid.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { GridHeader } from './GridHeader'
import { GridRow } from './GridRow'
import { useGridCell } from './gridCell'
import { CHOICE_WIDTH, type Choice, useGridChoice } from './gridChoice'
import { type Sort, useSorted } from './gridSort'
import { useWidth } from './useWidth'

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

type Props<T> = {
  label: string
  rows: T[]
  columns: GridColumn<T>[]
  rowKey: (row: T) => string
  rowTestId?: (row: T) => string
  rowHeight?: (row: T) => number
  /** The rows to show; all of them where it is not given. */
  match?: ((row: T) => boolean) | null
  selected?: string | undefined
  onOpen?: (row: T) => void
  /** How the rows are sorted, and the order in which they were given. */
  sort: Sort
  given: Sort
  /** Left out where the rows come in one order only. */
  onSort?: (sort: Sort) => void
  onFirstRows?: () => void
  /** Called when the last rows come into view. */
  onEnd?: () => void
  /** The rows that are chosen, to do something with all of them. */
  choice?: Choice<T>
}

const HEIGHT = 32

/**
 * A list of any length, as a grid of the ARIA authoring practices: one tab stop, arrows between the cells, Enter opens.
 * Only the rows in view are in the document.
 */
export function DataGrid<T>(props: Props<T>) {
  const { rows, rowKey, match, selected, rowHeight, onFirstRows, onEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = useMemo(
    () => props.columns.filter((column) => width === 0 || width >= (column.hideBelow ?? 0)),
    [props.columns, width],
  )
  const sorted = useSorted(rows, props.columns, rowKey, props.sort, props.given)
  const shown = useMemo(() => (match ? sorted.filter(match) : sorted), [sorted, match])
  const choice = useGridChoice(shown, rowKey, props.choice)
  const leading = choice ? 1 : 0
  const cell = useGridCell(scroller, shown.length, columns.length + leading, choice?.keys)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rowHeight && shown[index] !== undefined ? rowHeight(shown[index]) : HEIGHT),
    overscan: 8,
    scrollPaddingStart: HEIGHT,
    rangeExtractor: cell.keepActive,
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of other heights are measured anew
  useEffect(() => virtual.measure(), [shown])
  cell.useScroll(virtual)

  const at = selected === undefined ? -1 : shown.findIndex((row) => rowKey(row) === selected)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])

  const any = shown.length > 0
  useEffect(() => {
    if (any) onFirstRows?.()
  }, [any, onFirstRows])

  const last = virtual.getVirtualItems().at(-1)?.index ?? 0
  const isAtEnd = any && last >= shown.length - 1
  useEffect(() => {
    if (isAtEnd) onEnd?.()
  }, [isAtEnd, onEnd])

  const template = useMemo(
    () => [...(leading ? [CHOICE_WIDTH] : []), ...columns.map((column) => column.width)].join(' '),
    [columns, leading],
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={-1}
      aria-label={props.label}
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length + leading}
      aria-multiselectable={choice ? true : undefined}
      style={{ '--columns': template } as React.CSSProperties}
      onKeyDown={cell.onKeyDown}
      onFocus={cell.onFocus}
    >
      <GridHeader
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        active={cell.active}
        choice={choice ? { ...choice.all, onToggle: choice.toggleAll } : undefined}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = shown[index]
          if (row === undefined) return null
          // Rows keep their place and change what they show: cheaper than new ones at each key of a search.
          return (
            <GridRow
              key={index}
              row={row}
              index={index}
              start={start}
              size={size}
              columns={columns}
              selected={index === at}
              activeColumn={cell.active.row === index ? cell.active.column : -1}
              testId={props.rowTestId?.(row)}
              onOpen={props.onOpen}
              chosen={choice ? choice.has(row) : undefined}
              onChoose={choice?.toggle}
              chooseLabel={props.choice?.label(row)}
            />
          )
        })}
      </div>
    </div>
  )
}
