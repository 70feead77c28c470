import { useMemo, useState } from 'react'
import type { TenantRetirement } from '../../../ipc/client'
import { DataGrid, type GridColumn } from '../../../shared/DataGrid'
import type { Sort } from '../../../shared/gridSort'
import { CutName } from '../../../shared/Name'
import { ReadyMark } from '../../../shared/ReadyMark'
import { useText } from '../../../shared/text'
import { useTenantNames } from '../../tenants/api'
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
  const nameOf = useTenantNames()
  const columns = useMemo((): GridColumn<TenantRetirement>[] => {
    return [
      {
        id: 'tenant',
        header: t('tenants.name'),
        width: 'minmax(110px, 1.2fr)',
        value: ({ schema }) => nameOf(schema),
        cell: ({ schema }) => <CutName>{nameOf(schema)}</CutName>,
      },
      {
        id: 'state',
        header: t('review.state'),
        width: '118px',
        value: (row) => STATES[stateOf(row)],
        cell: (row) => <ReadyMark state={stateOf(row)}>{t(`retire.state.${stateOf(row)}`)}</ReadyMark>,
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
  }, [t, number, nameOf])
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
