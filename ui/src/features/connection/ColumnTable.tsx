import type { BaseColumn, StartValue } from '../../ipc/client'
import { Name } from '../../shared/Name'
import { type Text, useText } from '../../shared/text'

/** The columns that are this platform's own, and what a new row begins with in each, and why. */
export function ColumnTable({ tables }: { tables: [table: string, columns: BaseColumn[]][] }) {
  const text = useText()
  const { t } = text
  return (
    <div className="found-table">
      <table data-testid="own-columns">
        <thead>
          <tr>
            <th scope="col">{t('shape.column')}</th>
            <th scope="col">{t('shape.type')}</th>
            <th scope="col">{t('shape.start')}</th>
            <th scope="col">{t('shape.why')}</th>
          </tr>
        </thead>
        {tables.map(
          ([table, columns]) =>
            columns.length > 0 && (
              <tbody key={table}>
                <tr>
                  <th className="found-table-name mono" scope="rowgroup" colSpan={4}>
                    <bdi>{table}</bdi>
                  </th>
                </tr>
                {columns.map((column) => (
                  <tr key={column.column} data-start={column.start.start}>
                    <td>
                      <Name mono>{column.column}</Name>
                    </td>
                    <td className="muted wrap">
                      {column.dataType}
                      {!column.nullable && ` ${t('shape.not_null')}`}
                    </td>
                    <td>{startValue(text, column.start)}</td>
                    <td className="muted">{startReason(text, column.start)}</td>
                  </tr>
                ))}
              </tbody>
            ),
        )}
      </table>
    </div>
  )
}

function startValue({ t }: Text, start: StartValue) {
  if ('expression' in start) return <Name mono>{start.expression}</Name>
  return <span className={start.start === 'given' ? 'badge note' : 'muted'}>{t(`start_value.${start.start}`)}</span>
}

function startReason({ t }: Text, start: StartValue) {
  return t(`start_value.${start.start}.why`, { rows: start.start === 'most_frequent' ? start.rows : 0 })
}
