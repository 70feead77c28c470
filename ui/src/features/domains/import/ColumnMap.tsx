import type { ImportField } from '../../../ipc/client'
import { ChoiceSelect } from '../../../shared/ChoiceSelect'
import { CutName } from '../../../shared/Name'
import { TenantField } from '../../../shared/TenantField'
import { useText } from '../../../shared/text'
import { useTenants } from '../../tenants/api'
import type { Read } from './api'
import { type Draft, editImport, mapColumns } from './draft'

const FIELDS = ['domain', 'tenant', 'primary'] as const satisfies ImportField[]
/** So many rows of the source are shown under their columns. */
const SHOWN = 3

/** What the columns stand for, and the tenant of rows that name none. */
export function ColumnMap({ table, draft }: { table: Read; draft: Draft }) {
  const { t } = useText()
  const tenants = useTenants().data
  const { headers, fields, sample } = table
  const tenant = tenants?.find(({ schema }) => schema === draft.tenant) ?? null
  const options = FIELDS.map((field) => ({ id: field as string, text: t(`import.field.${field}`) }))
  const change = (at: number, id: string | undefined) => {
    const chosen = FIELDS.find((field) => field === id) ?? 'ignore'
    // No two columns stand for the same.
    const others = fields.map((field) => (field === chosen ? 'ignore' : field))
    mapColumns(others.map((field, place) => (place === at ? chosen : field)))
  }
  return (
    <div className="import-map" data-testid="import-map">
      <TenantField
        label={t('import.tenant')}
        value={tenant}
        onChange={(chosen) => editImport({ tenant: chosen?.schema ?? '' })}
        data-testid="import-tenant"
      />
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
