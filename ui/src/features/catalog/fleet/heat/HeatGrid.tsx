import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HeatRow } from '../../../../ipc/client'
import { useGridCell } from '../../../../shared/gridCell'
import { useText } from '../../../../shared/text'
import { HeatLine } from './HeatLine'
import { HeatTip, type Tip } from './HeatTip'

const CELL = 26
/** The names beside and above. */
export const NAMES = 176
const HEAD = 120

export type Column = { schema: string; name: string }
type Props = {
  label: string
  tenants: Column[]
  atoms: HeatRow[]
  /** The tenant and the atom that are open. */
  open: string | undefined
  atom: string | undefined
  onOpen: (schema: string, atom: string | undefined) => void
}

/** A grid of any size: only the cells in view are in the document; arrows go from cell to cell, Enter opens. */
export function HeatGrid({ label, tenants, atoms, open, atom, onOpen }: Props) {
  const { t } = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<Tip | null>(null)
  const cell = useGridCell(scroller, atoms.length, tenants.length)
  const { active } = cell
  const keepColumn = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range)
      const kept = active.column
      return kept >= range.count || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b)
    },
    [active.column],
  )
  const common = { getScrollElement: () => scroller.current, estimateSize: () => CELL, overscan: 6 }
  const rows = useVirtualizer({
    ...common,
    count: atoms.length,
    scrollPaddingEnd: HEAD,
    rangeExtractor: cell.keepActive,
  })
  const columns = useVirtualizer({
    ...common,
    count: tenants.length,
    horizontal: true,
    scrollPaddingEnd: NAMES,
    rangeExtractor: keepColumn,
  })
  const before = useRef(active.column)
  useEffect(() => {
    if (before.current === active.column) return
    before.current = active.column
    columns.scrollToIndex(active.column, { align: 'auto' })
  }, [active.column, columns])
  cell.useScroll(rows)

  const states = useMemo(
    () => new Map(atoms.map(({ slug, cells }) => [slug, new Map(cells.map(({ tenant, state }) => [tenant, state]))])),
    [atoms],
  )
  const wordsOf = useCallback(
    (row: number, column: number) => {
      const slug = atoms[row]?.slug ?? ''
      const state = states.get(slug)?.get(column) ?? 'in_step'
      return t('heat.cell', { atom: slug, tenant: tenants[column]?.name ?? '', state: t(`heat.state.${state}`) })
    },
    [t, atoms, states, tenants],
  )

  function show(event: MouseEvent | FocusEvent) {
    const place = placeOf(event)
    if (!place) return setTip(null)
    const words = place.row < 0 ? tenants[place.column]?.name : wordsOf(place.row, place.column)
    setTip(words === undefined ? null : { words, at: place.element.getBoundingClientRect() })
  }
  function onClick(event: MouseEvent) {
    const place = placeOf(event)
    const tenant = place && tenants[place.column]
    if (tenant) onOpen(tenant.schema, atoms[place.row]?.slug)
  }

  const shown = columns.getVirtualItems()
  const width = NAMES + columns.getTotalSize()
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised */}
      <div
        ref={scroller}
        className="heat"
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={atoms.length + 1}
        aria-colcount={tenants.length + 1}
        style={{ '--names': `${NAMES}px`, '--head': `${HEAD}px` } as React.CSSProperties}
        onKeyDown={cell.onKeyDown}
        onFocus={(event) => {
          cell.onFocus(event)
          show(event)
        }}
        onBlur={() => setTip(null)}
        onMouseOver={show}
        onMouseLeave={() => setTip(null)}
        onScroll={() => setTip(null)}
        onClick={onClick}
        data-testid="heat"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable */}
        <div role="row" className="heat-head" aria-rowindex={1} style={{ width }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it */}
          <div role="columnheader" className="heat-corner" aria-colindex={1}>
            {t('heat.atom')}
          </div>
          {shown.map(({ index, start }) => {
            const { schema, name } = tenants[index] ?? { schema: '', name: '' }
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div
                key={schema}
                role="columnheader"
                className={schema === open ? 'heat-column selected' : 'heat-column'}
                aria-colindex={index + 2}
                tabIndex={active.row < 0 && active.column === index ? 0 : -1}
                data-cell={`-1:${index}`}
                style={{ left: NAMES + start }}
              >
                <bdi className="cut">{name}</bdi>
              </div>
            )
          })}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className="heat-body" style={{ height: rows.getTotalSize(), width }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const slug = atoms[index]?.slug ?? ''
            return (
              <HeatLine
                key={slug}
                slug={slug}
                states={states.get(slug)}
                index={index}
                start={start}
                width={width}
                columns={shown}
                active={active.row === index ? active.column : -1}
                selected={slug === atom ? open : undefined}
                tenants={tenants}
                wordsOf={wordsOf}
              />
            )
          })}
        </div>
      </div>
      {tip && <HeatTip tip={tip} />}
    </>
  )
}

function placeOf({ target }: { target: EventTarget }) {
  const element = (target as HTMLElement).closest<HTMLElement>('[data-cell]')
  const [row, column] = element?.dataset.cell?.split(':').map(Number) ?? []
  if (!element || row === undefined || column === undefined) return null
  return { element, row, column }
}
