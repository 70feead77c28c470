import { useMemo } from 'react'
import type { FieldDifference, RowDifference, RowKey } from '../../../ipc/client'
import type { GridColumn } from '../../../shared/DataGrid'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { rowName } from '../../plan/rows'
import { DifferenceMark } from '../rows/DifferenceMark'
import { fieldName, valueWords } from '../rows/fields'
import { PartIcon, rowTitle, sentence } from '../rows/rowWords'

/** One field of one row: a line of the table. */
export type FieldRow = FieldDifference & Pick<RowDifference, 'row' | 'kind'>

export const fieldRowsOf = (rows: RowDifference[]): FieldRow[] =>
  rows.flatMap(({ row, kind, fields }) => fields.map((field) => ({ row, kind, ...field })))

/** As the engine gives rows: categories, atoms, versions, each by name. */
const place = (row: RowKey) => `${['category', 'atom', 'version'].indexOf(row.part)}${rowName(row)}`

export function useSentenceColumns(): GridColumn<RowDifference>[] {
  const text = useText()
  return useMemo(
    () => [
      {
        id: 'kind',
        header: text.t('difference.kind.short'),
        width: '112px',
        hideBelow: 400,
        value: ({ kind }) => kind,
        cell: ({ kind }) => <DifferenceMark kind={kind} />,
      },
      {
        id: 'row',
        header: text.t('difference.sentence'),
        width: 'minmax(200px, 1fr)',
        value: ({ row }) => place(row),
        cell: (of) => (
          <span className="row">
            <PartIcon row={of.row} />
            <span className="cut">{sentence(text, of)}</span>
          </span>
        ),
      },
    ],
    [text],
  )
}

export function useFieldColumns(): GridColumn<FieldRow>[] {
  const text = useText()
  return useMemo(() => {
    const { t } = text
    const value = (of: FieldRow, side: 'before' | 'after') => {
      const held = of[side]
      if (held === null) return <span className="muted">–</span>
      if (held === '') return <span className="muted">{t('catalog.value.empty')}</span>
      return <CutName>{valueWords(text, of.field, held).replace(/\s+/g, ' ')}</CutName>
    }
    return [
      {
        id: 'row',
        header: t('difference.row'),
        width: 'minmax(150px, 1.2fr)',
        value: ({ row }) => place(row),
        cell: ({ row }) => (
          <span className="row">
            <PartIcon row={row} />
            <CutName>{rowTitle(text, row)}</CutName>
          </span>
        ),
      },
      {
        id: 'field',
        header: t('difference.field'),
        width: '116px',
        value: ({ field }) => fieldName(text, field),
        cell: ({ field }) => fieldName(text, field),
      },
      {
        id: 'before',
        header: t('difference.before'),
        width: 'minmax(100px, 1.4fr)',
        hideBelow: 440,
        value: ({ before }) => before,
        cell: (of) => value(of, 'before'),
      },
      {
        id: 'after',
        header: t('difference.after'),
        width: 'minmax(100px, 1.4fr)',
        value: ({ after }) => after,
        cell: (of) => value(of, 'after'),
      },
    ]
  }, [text])
}
