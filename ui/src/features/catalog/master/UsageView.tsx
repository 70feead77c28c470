import './master.css'
import { useMemo, useState } from 'react'
import type { Reference, TenantUsage, Usage } from '../../../ipc/client'
import { DataGrid, type GridColumn } from '../../../shared/DataGrid'
import type { Sort } from '../../../shared/gridSort'
import { CutName } from '../../../shared/Name'
import { OwnerLink } from '../../../shared/OwnerLink'
import { useText } from '../../../shared/text'
import { placesUsed, rowsOf } from './useUsage'

const GIVEN: Sort = { column: 'rows', desc: true }
const keyOf = ({ schema }: TenantUsage) => schema
const testIdOf = ({ schema }: TenantUsage) => `usage-row-${schema}`

/** Which tenants have an atom, and what in them refers to it; in short, without naming the tenants. */
export function UsageView({ usage, isShort = false }: { usage: Usage; isShort?: boolean }) {
  const { t, number } = useText()
  const [open, setOpen] = useState<string | undefined>()
  const [sort, setSort] = useState(GIVEN)
  const columns = useColumns()
  const tenants = useMemo(
    () => usage.tenants.toSorted((a, b) => rowsOf(b.references) - rowsOf(a.references)),
    [usage.tenants],
  )
  const places = useMemo(() => placesUsed(tenants), [tenants])
  const rows = places.reduce((sum, place) => sum + place.rows, 0)
  const using = tenants.filter(({ references }) => references.length > 0).length
  const shown = tenants.find(({ schema }) => schema === open)
  return (
    <div data-testid="usage">
      <div className="pane-section stack">
        <p data-testid="usage-summary">{t('usage.summary', { tenants: tenants.length, using, rows })}</p>
        {places.length > 0 && (
          <ul className="usage-table">
            {places.map((place) => (
              <li key={`${place.table} ${place.column} ${place.version}`}>
                <PlaceName {...place} />
                <span className="muted">{t('usage.place', { rows: number(place.rows), tenants: place.tenants })}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {!isShort && tenants.length > 0 && (
        <div className="list-body usage-list">
          <DataGrid
            label={t('usage.tenants')}
            rows={tenants}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            selected={open}
            onOpen={({ schema }) => setOpen(schema)}
            sort={sort}
            given={GIVEN}
            onSort={setSort}
          />
        </div>
      )}
      {!isShort && shown && (
        <section className="pane-section stack" aria-label={shown.name} data-testid="usage-tenant">
          <p>
            <OwnerLink owner={shown} />
          </p>
          <References references={shown.references} />
        </section>
      )}
    </div>
  )
}

/** What in one tenant refers to an atom: table and column, and how many rows. */
export function References({ references }: { references: Reference[] }) {
  const { t } = useText()
  if (references.length === 0) return <p className="muted">{t('usage.none')}</p>
  return (
    <ul className="usage-table">
      {references.map((reference) => (
        <li key={`${reference.table} ${reference.column} ${reference.version}`}>
          <PlaceName {...reference} />
          <span className="muted">{t('usage.rows', { rows: reference.rows })}</span>
        </li>
      ))}
    </ul>
  )
}

function PlaceName({ table, column, version }: Pick<Reference, 'table' | 'column' | 'version'>) {
  const { rich } = useText()
  return (
    <span className="wrap">
      <bdi className="mono selectable">
        {table}.{column}
      </bdi>
      {version && <span className="muted"> · {rich('catalog.version', { version: <bdi>{version}</bdi> })}</span>}
    </span>
  )
}

function useColumns(): GridColumn<TenantUsage>[] {
  const { t, number } = useText()
  return useMemo(
    () => [
      {
        id: 'tenant',
        header: t('tenants.name'),
        width: 'minmax(120px, 1.4fr)',
        value: ({ name }) => name,
        cell: ({ name }) => <CutName>{name}</CutName>,
      },
      {
        id: 'versions',
        header: t('usage.versions'),
        width: 'minmax(100px, 1fr)',
        value: ({ activeVersions }) => activeVersions,
        cell: ({ versions, activeVersions }) => (
          <span className="cut muted">{t('usage.versions.active', { versions, active: activeVersions })}</span>
        ),
      },
      {
        id: 'rows',
        header: t('usage.references'),
        width: '110px',
        align: 'end',
        value: ({ references }) => rowsOf(references),
        cell: ({ references }) => number(rowsOf(references)),
      },
    ],
    [t, number],
  )
}
