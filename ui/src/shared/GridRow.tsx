import { memo } from 'react'
import type { GridColumn } from './DataGrid'

type Props<T> = {
  row: T
  index: number
  start: number
  size: number
  columns: GridColumn<T>[]
  selected: boolean
  activeColumn: number
  testId?: string | undefined
  onOpen?: ((row: T) => void) | undefined
}

function Row<T>({ row, index, start, size, columns, selected, activeColumn, testId, onOpen }: Props<T>) {
  /** Marking a text with the mouse is not opening the row. */
  const open = () => {
    if (window.getSelection()?.isCollapsed !== false) onOpen?.(row)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataGrid
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div
      role="row"
      className={selected ? 'grid-row selected' : 'grid-row'}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-testid={testId}
      data-openable={onOpen ? '' : undefined}
      style={{ transform: `translateY(${start}px)`, height: size }}
      onClick={open}
    >
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see DataGrid
        <div
          key={column.id}
          role="gridcell"
          className={column.align === 'end' ? 'grid-cell end' : 'grid-cell'}
          aria-colindex={at + 1}
          tabIndex={activeColumn === at ? 0 : -1}
          data-cell={`${index}:${at}`}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

export const GridRow = memo(Row) as typeof Row
