import { ArrowDown, ArrowUp } from 'lucide-react'
import type { GridColumn } from './DataGrid'
import { HEADER } from './gridCell'
import type { Sort } from './gridSort'
import { useText } from './text'

type Props<T> = {
  columns: GridColumn<T>[]
  sort: Sort
  onSort: ((sort: Sort) => void) | undefined
  active: { row: number; column: number }
  choice: { isAll: boolean; isSome: boolean; onToggle: () => void } | undefined
}

export function GridHeader<T>({ columns, sort, onSort, active, choice }: Props<T>) {
  const { t } = useText()
  const leading = choice ? 1 : 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: see DataGrid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div className="grid-header" role="row" aria-rowindex={1}>
      {choice && (
        // biome-ignore lint/a11y/useSemanticElements: see DataGrid
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
        <div
          role="columnheader"
          className="grid-cell grid-check"
          aria-colindex={1}
          tabIndex={active.row === HEADER && active.column === 0 ? 0 : -1}
          data-cell={`${HEADER}:0`}
          onClick={choice.onToggle}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            readOnly
            aria-label={t('grid.choose.all')}
            checked={choice.isAll}
            ref={(box) => {
              if (box) box.indeterminate = choice.isSome
            }}
            data-testid="choose-all"
          />
        </div>
      )}
      {columns.map((column, index) => {
        const at = index + leading
        const isSorted = sort.column === column.id
        const Arrow = sort.desc ? ArrowDown : ArrowUp
        return (
          // biome-ignore lint/a11y/useSemanticElements: see DataGrid
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          <div
            key={column.id}
            role="columnheader"
            className={`grid-cell grid-heading${onSort ? ' sortable' : ''}${column.align === 'end' ? ' end' : ''}`}
            aria-colindex={at + 1}
            aria-sort={onSort && (isSorted ? (sort.desc ? 'descending' : 'ascending') : 'none')}
            tabIndex={active.row === HEADER && active.column === at ? 0 : -1}
            data-cell={`${HEADER}:${at}`}
            data-testid={`sort-${column.id}`}
            onClick={onSort && (() => onSort({ column: column.id, desc: isSorted && !sort.desc }))}
          >
            <span className="cut">{column.header}</span>
            {isSorted && <Arrow size={12} aria-hidden />}
          </div>
        )
      })}
    </div>
  )
}
