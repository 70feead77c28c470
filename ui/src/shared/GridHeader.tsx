import { ArrowDown, ArrowUp } from 'lucide-react'
import type { GridColumn } from './DataGrid'
import { HEADER } from './gridCell'
import type { Sort } from './gridSort'

type Props<T> = {
  columns: GridColumn<T>[]
  sort: Sort
  onSort: (sort: Sort) => void
  active: { row: number; column: number }
}

export function GridHeader<T>({ columns, sort, onSort, active }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataGrid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div className="grid-header" role="row" aria-rowindex={1}>
      {columns.map((column, at) => {
        const isSorted = sort.column === column.id
        const Arrow = sort.desc ? ArrowDown : ArrowUp
        return (
          // biome-ignore lint/a11y/useSemanticElements: see DataGrid
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          <div
            key={column.id}
            role="columnheader"
            className={`grid-cell grid-heading${column.align === 'end' ? ' end' : ''}`}
            aria-colindex={at + 1}
            aria-sort={isSorted ? (sort.desc ? 'descending' : 'ascending') : 'none'}
            tabIndex={active.row === HEADER && active.column === at ? 0 : -1}
            data-cell={`${HEADER}:${at}`}
            data-testid={`sort-${column.id}`}
            onClick={() => onSort({ column: column.id, desc: isSorted && !sort.desc })}
          >
            <span className="cut">{column.header}</span>
            {isSorted && <Arrow size={12} aria-hidden />}
          </div>
        )
      })}
    </div>
  )
}
