import { useMemo, useState } from 'react'
import type { Plan } from '../../ipc/client'
import { DataGrid, type GridColumn } from '../../shared/DataGrid'
import { reasonOf } from '../../shared/errorWords'
import type { Sort } from '../../shared/gridSort'
import { CutName } from '../../shared/Name'
import { ReadyMark } from '../../shared/ReadyMark'
import { type Text, useText } from '../../shared/text'
import { useTenantNames } from './api'
import type { Reviewed } from './useReview'

type Action = 'suspend' | 'resume' | 'delete'
type Props = { action: Action; reviewed: Reviewed[]; open: string | undefined; onOpen: (row: Reviewed) => void }

/** Those that are left out come first. */
const GIVEN: Sort = { column: 'state', desc: false }
const STATES = { refused: 0, nothing: 1, ready: 2 }
const keyOf = ({ schema }: Reviewed) => schema
const testIdOf = ({ schema }: Reviewed) => `review-row-${schema}`

const stateOf = ({ plan }: Reviewed) => (plan === null ? 'refused' : plan.changes.length === 0 ? 'nothing' : 'ready')

export function ReviewTable({ action, reviewed, open, onOpen }: Props) {
  const text = useText()
  const [sort, setSort] = useState(GIVEN)
  const nameOf = useTenantNames()
  const columns = useMemo((): GridColumn<Reviewed>[] => {
    const { t } = text
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
        cell: (row) => <ReadyMark state={stateOf(row)}>{t(`review.state.${stateOf(row)}`)}</ReadyMark>,
      },
      {
        id: 'what',
        header: t('review.what'),
        width: 'minmax(140px, 1.6fr)',
        value: (row) => row.plan?.changes.length ?? 0,
        cell: (row) =>
          row.plan ? (
            <span className="cut muted">{whatOf(text, action, row.plan)}</span>
          ) : (
            <span className="cut">{reasonOf(text, row.error)}</span>
          ),
      },
    ]
  }, [text, nameOf, action])
  const rows = useMemo(() => [...reviewed].sort((a, b) => STATES[stateOf(a)] - STATES[stateOf(b)]), [reviewed])
  return (
    <div className="list-body sync-table">
      <DataGrid
        label={text.t('review.what')}
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

function whatOf({ t }: Text, action: Action, { changes }: Plan) {
  if (changes.length === 0) return t(`review.what.${action}.nothing`)
  if (action !== 'delete') return t(`review.what.${action}`)
  let [tables, domains] = [0, 0]
  for (const change of changes) {
    if (change.change === 'move_to_trash') tables = change.tables.length
    if (change.change === 'park_domains') domains = change.domains.length
  }
  return t('review.what.delete', { tables, domains })
}
