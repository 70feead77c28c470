import { useMemo, useState } from 'react'
import type { Item, Plan } from '../../ipc/client'
import { DataGrid, type GridColumn } from '../../shared/DataGrid'
import type { Sort } from '../../shared/gridSort'
import { ItemOutcome } from '../../shared/ItemList'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { useTenants } from '../tenants/api'

const GIVEN: Sort = { column: 'tenant', desc: false }
const keyOf = (plan: Plan) => plan.subject
const testIdOf = (plan: Plan) => `sync-row-${plan.subject}`

const lacks = ({ changes }: Plan, what: 'atoms' | 'versions') =>
  changes.reduce((sum, change) => sum + (change.change === 'insert_atoms' ? change[what].length : 0), 0)

/** What each tenant lacks, and what became of it. */
export function SyncTable({ plans, items }: { plans: Plan[]; items: Item[] }) {
  const { t, number } = useText()
  const [sort, setSort] = useState(GIVEN)
  const tenants = useTenants().data
  const names = useMemo(() => new Map(tenants?.map(({ schema, name }) => [schema, name])), [tenants])
  const outcomes = useMemo(() => new Map(items.map((item) => [item.subject, item])), [items])
  const columns = useMemo((): GridColumn<Plan>[] => {
    const nameOf = (plan: Plan) => names.get(plan.subject) ?? plan.subject
    const count = (what: 'atoms' | 'versions'): GridColumn<Plan> => ({
      id: what,
      header: t(`catalog.sync.${what}`),
      width: '76px',
      align: 'end',
      value: (plan) => lacks(plan, what),
      cell: (plan) => number(lacks(plan, what)),
    })
    return [
      {
        id: 'tenant',
        header: t('catalog.sync.tenant'),
        width: 'minmax(120px, 1.4fr)',
        value: nameOf,
        cell: (plan) => <CutName>{nameOf(plan)}</CutName>,
      },
      count('atoms'),
      count('versions'),
      {
        id: 'left',
        header: t('catalog.sync.left'),
        width: '76px',
        align: 'end',
        hideBelow: 440,
        value: ({ findings }) => findings.length,
        cell: ({ findings }) => findings.length > 0 && number(findings.length),
      },
      {
        id: 'state',
        header: t('catalog.sync.state'),
        width: 'minmax(110px, 1fr)',
        value: (plan) => (outcomes.has(plan.subject) ? 1 : 0),
        cell: (plan) => {
          const item = outcomes.get(plan.subject)
          return item ? <ItemOutcome item={item} /> : <span className="muted">{t('catalog.sync.state.planned')}</span>
        },
      },
    ]
  }, [t, number, names, outcomes])
  return (
    <div className="list-body sync-table">
      <DataGrid
        label={t('catalog.sync.title')}
        rows={plans}
        columns={columns}
        rowKey={keyOf}
        rowTestId={testIdOf}
        sort={sort}
        given={GIVEN}
        onSort={setSort}
      />
    </div>
  )
}
