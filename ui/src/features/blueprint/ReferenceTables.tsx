import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import type { ReferenceRows, SchemaName } from '../../ipc/client'
import { Loaded } from '../../shared/Loaded'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { useTenantPage } from '../tenants/api'
import { useProposals } from './api'

type Props = { template: SchemaName; chosen: ReferenceRows[]; onChange: (reference: ReferenceRows[]) => void }

/** The template's tables; the rows of those that are ticked go along into every new tenant. */
export function ReferenceTables({ template, chosen, onChange }: Props) {
  const { t, number } = useText()
  const page = useTenantPage(template)
  const proposals = useProposals(template).data
  const ticked = useMemo(() => new Map(chosen.map((rows) => [rows.table, rows])), [chosen])
  // What is ticked again gets the rows that were proposed for it, or all of them.
  const [first] = useState(ticked)
  const toggle = (table: string, on: boolean) => {
    const others = chosen.filter((known) => known.table !== table)
    const back = first.get(table) ?? { table, keys: null }
    onChange(on ? [...others, back].sort((x, y) => (x.table < y.table ? -1 : 1)) : others)
  }
  return (
    <section aria-label={t('blueprint.tables')} data-testid="reference-tables">
      <h3 className="group-heading">
        {t('blueprint.tables')} <span className="muted">{t('blueprint.tables.hint')}</span>
      </h3>
      <Loaded query={page}>
        {({ tables }) => (
          <ul>
            {tables.map(({ name, rows }) => (
              <li key={name} className="reference-row">
                <Checkbox
                  className="tick"
                  isSelected={ticked.has(name)}
                  onChange={(on) => toggle(name, on)}
                  data-testid={`reference-${name}`}
                >
                  <span className="tick-box">
                    {ticked.has(name) && <Check size={12} strokeWidth={3} aria-hidden />}
                  </span>
                  <CutName mono>{name}</CutName>
                </Checkbox>
                <span className="reference-why muted">
                  {why(name)}
                  {words(ticked.get(name)?.keys, rows)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )

  /** Why the engine proposes it. */
  function why(table: string) {
    const reason = proposals?.find((proposed) => proposed.table === table)?.reason
    if (!reason) return null
    const { reason: id, ...values } = reason
    return <span>{t(`blueprint.reason.${id}`, values)}</span>
  }

  function words(keys: string[] | null | undefined, rows: number | null) {
    if (keys) return t('blueprint.tables.some', { count: keys.length })
    return rows === null ? t('tenant.tables.unknown') : t('blueprint.tables.rows', { rows: number(rows) })
  }
}
