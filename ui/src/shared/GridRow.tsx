import { type MouseEvent, memo } from 'react'
import type { GridColumn } from './DataGrid'

type Props<T> = {
  /** Nothing while it is on its way. */
  row: T | undefined
  index: number
  start: number
  size: number
  columns: GridColumn<T>[]
  selected: boolean
  activeColumn: number
  testId?: string | undefined
  onOpen?: ((row: T) => void) | undefined
  chosen?: boolean | undefined
  onChoose?: ((index: number, range: boolean) => void) | undefined
  chooseLabel?: string | undefined
}

function Row<T>(props: Props<T>) {
  const { row, index, start, size, columns, selected, activeColumn, testId, onOpen, chosen, onChoose } = props
  const leading = onChoose ? 1 : 0
  /** Marking a text with the mouse is not opening the row, nor is following a link in it. */
  const open = (event: MouseEvent) => {
    if ((event.target as Element).closest('a, button')) return
    if (row !== undefined && window.getSelection()?.isCollapsed !== false) onOpen?.(row)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataGrid
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div
      role="row"
      className={`grid-row${selected ? ' selected' : ''}${chosen ? ' chosen' : ''}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      data-testid={testId}
      data-openable={onOpen ? '' : undefined}
      style={{ transform: `translateY(${start}px)`, height: size }}
      onClick={open}
    >
      {onChoose && (
        // biome-ignore lint/a11y/useSemanticElements: see DataGrid
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
        <div
          role="gridcell"
          className="grid-cell grid-check"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : -1}
          data-cell={`${index}:0`}
          onMouseDown={(event) => event.shiftKey && event.preventDefault()}
          onClick={(event) => {
            event.stopPropagation()
            onChoose(index, event.shiftKey)
          }}
        >
          {row !== undefined && (
            <input
              type="checkbox"
              tabIndex={-1}
              readOnly
              checked={chosen}
              aria-label={props.chooseLabel}
              data-testid={testId && `choose-${testId}`}
            />
          )}
        </div>
      )}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see DataGrid
        <div
          key={column.id}
          role="gridcell"
          className={column.align === 'end' ? 'grid-cell end' : 'grid-cell'}
          aria-colindex={at + leading + 1}
          tabIndex={activeColumn === at + leading ? 0 : -1}
          data-cell={`${index}:${at + leading}`}
        >
          {row === undefined ? <span className="grid-wait" aria-hidden /> : column.cell(row)}
        </div>
      ))}
    </div>
  )
}

export const GridRow = memo(Row) as typeof Row
