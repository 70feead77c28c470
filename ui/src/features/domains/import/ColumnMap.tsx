import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ImportField } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ChoiceSelect } from '../../../shared/ChoiceSelect'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { TenantPicker } from '../../tenants/TenantPicker'
import type { Read } from './api'
import { type Draft, editImport, mapColumns } from './draft'

const FIELDS = ['domain', 'tenant', 'primary'] as const satisfies ImportField[]
/** So many rows of the source are shown under their columns. */
const SHOWN = 3

/** What the columns stand for, and the tenant of rows that name none. */
export function ColumnMap({ table, draft }: { table: Read; draft: Draft }) {
  const { t } = useText()
  const map = useRef<HTMLDivElement>(null)
  // The button that read the source is gone; what follows it is next.
  useEffect(() => map.current?.focus(), [])
  const { headers, fields, sample } = table
  const options = FIELDS.map((field) => ({ id: field as string, text: t(`import.field.${field}`) }))
  const change = (at: number, id: string | undefined) => {
    const chosen = FIELDS.find((field) => field === id) ?? 'ignore'
    // No two columns stand for the same.
    const others = fields.map((field) => (field === chosen ? 'ignore' : field))
    mapColumns(others.map((field, place) => (place === at ? chosen : field)))
  }
  return (
    <div ref={map} className="import-map" tabIndex={-1} data-testid="import-map">
      <div className="row import-tenant">
        <TenantPicker
          label={t('import.tenant')}
          value={draft.tenant || null}
          onChange={(tenant) => editImport({ tenant })}
          data-testid="import-tenant"
        />
        {draft.tenant !== '' && (
          <Button
            variant="quiet"
            icon={<X size={14} />}
            aria-label={t('import.tenant.none')}
            onPress={() => editImport({ tenant: '' })}
            data-testid="import-tenant-none"
          />
        )}
      </div>
      {headers.length > 1 && (
        <section className="import-columns" aria-label={t('import.columns')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
          <section className="import-sheet" aria-label={t('import.columns')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  {headers.map((header, at) => (
                    <th key={at} scope="col">
                      <ChoiceSelect
                        label={t('many.column.label', {
                          header: header || t('many.column.unnamed', { number: at + 1 }),
                        })}
                        all={t('import.field.ignore')}
                        options={options}
                        value={fields[at] === 'ignore' ? undefined : fields[at]}
                        onChange={(id) => change(at, id)}
                        data-testid={`import-column-${at}`}
                      />
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sample.slice(0, SHOWN).map((cells, line) => (
                  <tr key={line}>
                    {headers.map((_, at) => (
                      <td key={at} className={fields[at] === 'ignore' ? 'muted' : undefined}>
                        <CutName>{cells[at] ?? ''}</CutName>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {table.isGuessed && (
            <p className="small import-guess" role="status">
              {t('import.columns.guessed')}
            </p>
          )}
        </section>
      )}
    </div>
  )
}
