import type { VirtualItem } from '@tanstack/react-virtual'
import { memo } from 'react'
import type { HeatState } from '../../../../ipc/client'
import { type Column, NAMES } from './HeatGrid'
import { SIGNS } from './states'

type Props = {
  slug: string
  states: Map<number, HeatState> | undefined
  index: number
  start: number
  width: number
  /** Those in view. */
  columns: VirtualItem[]
  active: number
  /** The tenant of which this atom is open. */
  selected: string | undefined
  tenants: Column[]
  wordsOf: (row: number, column: number) => string
}

/** One atom at the tenants in view: a sign and a colour each. */
export const HeatLine = memo(function HeatLine(props: Props) {
  const { slug, states, index, start, width, columns, active, selected, tenants, wordsOf } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: see HeatGrid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div
      role="row"
      className="heat-row"
      aria-rowindex={index + 2}
      style={{ width, transform: `translateY(${start}px)` }}
      data-testid={`heat-row-${slug}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see HeatGrid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it */}
      <div role="rowheader" className="heat-name" aria-colindex={1}>
        <bdi className="cut mono" title={slug}>
          {slug}
        </bdi>
      </div>
      {columns.map(({ index: column, start: left }) => {
        const state = states?.get(column)
        const isSelected = selected !== undefined && tenants[column]?.schema === selected
        return (
          // biome-ignore lint/a11y/useSemanticElements: see HeatGrid
          <div
            key={column}
            role="gridcell"
            className={`heat-cell ${state ?? ''}${isSelected ? ' selected' : ''}`}
            aria-colindex={column + 2}
            aria-label={wordsOf(index, column)}
            aria-selected={isSelected}
            tabIndex={active === column ? 0 : -1}
            data-cell={`${index}:${column}`}
            style={{ left: NAMES + left }}
          >
            {state && SIGNS[state]}
          </div>
        )
      })}
    </div>
  )
})
