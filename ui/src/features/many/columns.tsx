import { type ReactNode, useMemo } from 'react'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { RowMark } from './RowMark'
import { ROW_STATES, type Row } from './rowState'
import { asName, reasonsOf } from './rowWords'

export function useRowColumns(): GridColumn<Row>[] {
  const text = useText()
  return useMemo(() => {
    const { t, number } = text
    return [
      {
        id: 'line',
        header: t('many.line'),
        width: '72px',
        align: 'end',
        value: ({ check }) => check.line,
        cell: ({ check }) => <span className="muted">{number(check.line)}</span>,
      },
      {
        id: 'name',
        header: t('tenants.name'),
        width: 'minmax(110px, 1fr)',
        value: ({ check }) => check.name,
        cell: ({ check }) => <CutName>{check.name}</CutName>,
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(100px, 0.8fr)',
        hideBelow: 700,
        value: ({ check }) => check.subject,
        cell: ({ check }) => <CutName mono>{check.subject}</CutName>,
      },
      {
        id: 'state',
        header: t('many.state'),
        width: '160px',
        value: ({ state }) => ROW_STATES.indexOf(state),
        cell: ({ state }) => <RowMark state={state} />,
      },
      {
        id: 'why',
        header: t('many.why'),
        width: 'minmax(180px, 2fr)',
        hideBelow: 540,
        value: (row) => (hasReasons(row) ? 0 : 1),
        cell: (row) => <span className="many-why">{sentences(reasonsOf(text, row, asName))}</span>,
      },
    ]
  }, [text])
}

/** Known without making the sentences: asked of every row of a file. */
export const hasReasons = ({ check, state }: Row) => state === 'bad' || state === 'failed' || check.findings.length > 0

const sentences = (reasons: ReactNode[]) =>
  reasons.map((reason, at) => (
    <span key={at}>
      {at > 0 && ' '}
      {reason}
    </span>
  ))
