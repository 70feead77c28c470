import { CircleCheck, CircleSlash, Minus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { TenantRetirement } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { DataGrid, type GridColumn } from '../../../shared/DataGrid'
import type { Sort } from '../../../shared/gridSort'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { useTenants } from '../../tenants/api'
import { rowsOf } from './useUsage'

const STATES = { refused: 0, ready: 1, nothing: 2 }
const stateOf = ({ item, refused }: TenantRetirement) => (refused !== null ? 'refused' : item ? 'ready' : 'nothing')
/** Those that are left out come first. */
const GIVEN: Sort = { column: 'state', desc: false }
const keyOf = ({ schema }: TenantRetirement) => schema
const testIdOf = ({ schema }: TenantRetirement) => `retire-row-${schema}`

type TableProps = {
  tenants: TenantRetirement[]
  open: string | undefined
  onOpen: (row: TenantRetirement) => void
}

/** What retiring an atom comes to, tenant by tenant. */
export function RetireTable({ tenants, open, onOpen }: TableProps) {
  const { t, number } = useText()
  const [sort, setSort] = useState(GIVEN)
  const known = useTenants().data
  const columns = useMemo((): GridColumn<TenantRetirement>[] => {
    const names = new Map(known?.map(({ schema, name }) => [schema, name]))
    const nameOf = ({ schema }: TenantRetirement) => names.get(schema) ?? schema
    return [
      {
        id: 'tenant',
        header: t('tenants.name'),
        width: 'minmax(110px, 1.2fr)',
        value: nameOf,
        cell: (row) => <CutName>{nameOf(row)}</CutName>,
      },
      {
        id: 'state',
        header: t('review.state'),
        width: '118px',
        value: (row) => STATES[stateOf(row)],
        cell: (row) => <State state={stateOf(row)} />,
      },
      {
        id: 'rows',
        header: t('usage.references'),
        width: '96px',
        align: 'end',
        value: ({ references }) => rowsOf(references),
        cell: ({ references }) => number(rowsOf(references)),
      },
      {
        id: 'why',
        header: t('retire.why'),
        width: 'minmax(110px, 1.4fr)',
        hideBelow: 460,
        value: ({ refused }) => refused,
        cell: ({ refused }) => <CutName>{refused ?? ''}</CutName>,
      },
    ]
  }, [t, number, known])
  const rows = useMemo(() => tenants.toSorted((a, b) => STATES[stateOf(a)] - STATES[stateOf(b)]), [tenants])
  return (
    <div className="list-body retire-table">
      <DataGrid
        label={t('retire.table')}
        rows={rows}
        columns={columns}
        rowKey={keyOf}
        rowTestId={testIdOf}
        selected={open}
        onOpen={onOpen}
        sort={sort}
        given={GIVEN}
        onSort={setSort}
      />
    </div>
  )
}

function State({ state }: { state: keyof typeof STATES }) {
  const { t } = useText()
  const words = t(`retire.state.${state}`)
  if (state === 'nothing') return <Badge icon={<Minus size={14} aria-hidden />}>{words}</Badge>
  const Icon = state === 'ready' ? CircleCheck : CircleSlash
  return (
    <Badge tone={state === 'ready' ? 'good' : 'bad'} icon={<Icon size={14} aria-hidden />}>
      {words}
    </Badge>
  )
}
