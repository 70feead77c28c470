import { ChevronRight, CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import type { CopyDifference } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { useText } from '../../../shared/text'
import { CutList } from '../../plan/CutList'
import { rowId } from '../../plan/rows'
import { FieldList } from '../rows/FieldList'
import { PartIcon, rowTitle } from '../rows/rowWords'
import { RowMark } from './RowMark'

type Props = { rows: CopyDifference[]; atom: string | undefined; release: number }

/** So few are shown with all their fields at once. */
const FEW = 3
const FIRST = 100

/** Every row in which a copy is not what a release says: what it is, and field by field. */
export function CopyRows({ rows, atom, release }: Props) {
  const { t } = useText()
  const shown = useMemo(
    () => (atom === undefined ? rows : rows.filter(({ row }) => row.part !== 'category' && row.key === atom)),
    [rows, atom],
  )
  if (shown.length === 0) {
    return (
      <p className="pane-section" data-testid="copy-same">
        <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
          {t('copy.same', { number: release })}
        </Badge>
      </p>
    )
  }
  return (
    <section aria-label={t('copy.rows', { count: shown.length })} data-testid="copy-rows">
      <p className="pane-section muted">
        {t('copy.rows', { count: shown.length })} {t('copy.legend', { number: release })}
      </p>
      <ul className="copy-rows">
        <CutList
          items={shown}
          first={FIRST}
          kindOf={() => 'row'}
          line={(row) => <CopyRow key={rowId(row.row)} of={row} isOpen={shown.length <= FEW} />}
        />
      </ul>
    </section>
  )
}

function CopyRow({ of, isOpen }: { of: CopyDifference; isOpen: boolean }) {
  const text = useText()
  const { row, state, fields, holder } = of
  return (
    <li data-testid={`copy-difference-${row.key}${row.version ? `-${row.version}` : ''}`}>
      <details className="copy-row" open={isOpen}>
        <summary>
          <ChevronRight size={14} aria-hidden className="turn" />
          <PartIcon row={row} />
          <bdi className="grow wrap">{rowTitle(text, row)}</bdi>
          <RowMark state={state} />
        </summary>
        <div className="copy-fields">
          <p className="muted small">{text.t(`copy.state.${state}.text`)}</p>
          {holder !== null && (
            <p className="small">
              {text.rich('copy.holder', { holder: <bdi className="mono selectable">{holder}</bdi> })}
            </p>
          )}
          <FieldList fields={fields} />
        </div>
      </details>
    </li>
  )
}
