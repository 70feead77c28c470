export type Tip = { words: string; at: DOMRect }

/** What a cell says, beside it. Screen readers have it as the cell's name. */
export function HeatTip({ tip: { words, at } }: { tip: Tip }) {
  const isRight = at.left > window.innerWidth - 320
  const isLow = at.bottom > window.innerHeight - 60
  const style = {
    [isRight ? 'right' : 'left']: isRight ? window.innerWidth - at.right : at.left,
    [isLow ? 'bottom' : 'top']: isLow ? window.innerHeight - at.top + 4 : at.bottom + 4,
  }
  return (
    <div className="heat-tip" style={style} aria-hidden data-testid="heat-tip">
      {words}
    </div>
  )
}
