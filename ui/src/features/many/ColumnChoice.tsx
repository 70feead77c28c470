import { useEffect, useMemo, useRef } from 'react'
import type { ColumnField, ColumnMapping, CsvPreview } from '../../ipc/client'
import { ChoiceSelect } from '../../shared/ChoiceSelect'
import { columnLabel } from '../../shared/columnLabel'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { useAttributeColumns } from '../tenants/api'
import { fieldOf, idOf } from './mapping'

type Props = { preview: CsvPreview; mapping: ColumnMapping; onChange: (at: number, field: ColumnField) => void }

const FIELDS = ['name', 'schema', 'primary_domain', 'aliases'] as const

/** The first rows of the file, and above each column what it stands for. */
export function ColumnChoice({ preview: { headers, rows }, mapping, onChange }: Props) {
  const { t } = useText()
  const columns = useAttributeColumns().data
  const table = useRef<HTMLTableElement>(null)
  const options = useMemo(() => {
    // What a column stands for has a name before the others are known.
    const mapped = mapping.flatMap((of) => (of.field === 'attribute' ? [of.column] : []))
    const attributes = columns?.map(({ column }) => column) ?? mapped
    return [
      ...FIELDS.map((field) => ({ id: field as string, text: t(`many.field.${field}`) })),
      ...attributes.map((column) => ({ id: idOf({ field: 'attribute', column }), text: columnLabel(t, column) })),
    ]
  }, [columns, mapping, t])
  // Whoever chose a file looks at its columns next.
  useEffect(() => table.current?.querySelector('button')?.focus(), [])
  return (
    <section className="many-columns" aria-label={t('many.columns')} data-testid="csv-columns">
      <h3 className="form-heading">
        {t('many.columns')} <span className="muted">{t('many.columns.hint')}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section className="many-sheet" aria-label={t('many.columns.first', { count: rows.length })} tabIndex={0}>
        <table ref={table}>
          <thead>
            <tr>
              {headers.map((header, at) => (
                <th key={at} scope="col">
                  <ChoiceSelect
                    label={t('many.column.label', { header: header || t('many.column.unnamed', { number: at + 1 }) })}
                    all={t('many.field.ignore')}
                    options={options}
                    value={choiceOf(mapping[at])}
                    onChange={(id) => onChange(at, fieldOf(id))}
                    data-testid={`column-${at}`}
                  />
                  <span className="many-header">
                    {header ? (
                      <CutName>{header}</CutName>
                    ) : (
                      <span className="muted">{t('many.column.unnamed', { number: at + 1 })}</span>
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, line) => (
              <tr key={line}>
                {headers.map((_, at) => (
                  <td key={at} className={mapping[at]?.field === 'ignore' ? 'muted' : undefined}>
                    <CutName>{cells[at] ?? ''}</CutName>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

const choiceOf = (field: ColumnField | undefined) => (!field || field.field === 'ignore' ? undefined : idOf(field))
