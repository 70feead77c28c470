import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleCheck, CircleX, Clock } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ITEM_STATES } from '../../app/search'
import type { ItemState, JobItem } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { DataGrid, type GridColumn } from '../../shared/DataGrid'
import { Filter } from '../../shared/Filter'
import type { Sort } from '../../shared/gridSort'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'

const route = getRouteApi('/jobs')
const GIVEN: Sort = { column: 'position', desc: false }
const keyOf = ({ position }: JobItem) => String(position)
const testIdOf = ({ subject }: JobItem) => `job-item-${subject}`
const heightOf = ({ failure }: JobItem) => (failure === null ? 32 : 52)

type Props = { items: JobItem[]; isCheck: boolean }

/** The tenants of a job, and what became of each; or the rounds of domains that are looked at. */
export function ItemTable({ items, isCheck }: Props) {
  const { t } = useText()
  const { show } = route.useSearch()
  const navigate = route.useNavigate()
  const [sort, setSort] = useState(GIVEN)
  const columns = useItemColumns(isCheck)
  const counts = useMemo(() => countOf(items), [items])
  const match = useMemo(() => (show ? ({ state }: JobItem) => state === show : null), [show])
  const options = [
    { id: 'all', text: t('jobs.items.all', { count: items.length }) },
    ...ITEM_STATES.map((state) => ({ id: state, text: t(`jobs.items.${state}`, { count: counts[state] }) })),
  ]
  return (
    <>
      <div className="toolbar job-filter">
        <Filter
          label={t('jobs.items.filter')}
          options={options}
          value={show ?? 'all'}
          onChange={(id) =>
            void navigate({ search: (old) => ({ ...old, show: ITEM_STATES.find((known) => known === id) }) })
          }
        />
      </div>
      <div className="list-body job-items">
        {show && counts[show] === 0 ? (
          <p className="pane-section muted">{t('jobs.items.none')}</p>
        ) : (
          <DataGrid
            label={t(isCheck ? 'checks.items' : 'jobs.items')}
            rows={items}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            rowHeight={heightOf}
            match={match}
            sort={sort}
            given={GIVEN}
            onSort={setSort}
          />
        )}
      </div>
    </>
  )
}

function countOf(items: JobItem[]): Record<ItemState, number> {
  const counts = { waiting: 0, done: 0, failed: 0 }
  for (const { state } of items) counts[state] += 1
  return counts
}

function useItemColumns(isCheck: boolean): GridColumn<JobItem>[] {
  const { t, number } = useText()
  return useMemo(
    () => [
      {
        id: 'position',
        header: t('journal.seq'),
        width: '56px',
        align: 'end',
        hideBelow: 460,
        value: ({ position }) => position,
        cell: ({ position }) => <span className="muted">{number(position)}</span>,
      },
      {
        id: 'subject',
        header: t(isCheck ? 'checks.subject' : 'jobs.item.subject'),
        width: 'minmax(110px, 1fr)',
        value: ({ subject }) => subject,
        cell: ({ subject }) => <CutName mono>{subject}</CutName>,
      },
      {
        id: 'state',
        header: t('jobs.item.state'),
        width: '88px',
        value: ({ state }) => ITEM_STATES.indexOf(state),
        cell: ({ state }) => <ItemStateBadge state={state} />,
      },
      {
        id: 'outcome',
        header: t('jobs.item.outcome'),
        width: 'minmax(130px, 1.5fr)',
        value: ({ milliseconds }) => milliseconds,
        cell: (item) => <Outcome item={item} isCheck={isCheck} />,
      },
    ],
    [t, number, isCheck],
  )
}

function ItemStateBadge({ state }: { state: ItemState }) {
  const { t } = useText()
  const words = t(`jobs.item.${state}`)
  if (state === 'waiting') {
    return (
      <span className="muted">
        <Badge icon={<Clock size={14} aria-hidden />}>{words}</Badge>
      </span>
    )
  }
  const isDone = state === 'done'
  const Icon = isDone ? CircleCheck : CircleX
  return (
    <Badge tone={isDone ? 'good' : 'bad'} icon={<Icon size={14} aria-hidden />}>
      {words}
    </Badge>
  )
}

function Outcome({
  item: { state, operation, failure, attempts, milliseconds },
  isCheck,
}: { item: JobItem } & Pick<Props, 'isCheck'>) {
  const { t } = useText()
  if (failure !== null) {
    return (
      <span className="item-failure selectable" title={failure}>
        <bdi>{failure}</bdi>
        {attempts > 1 && <span className="muted"> {t('jobs.item.attempts', { attempts })}</span>}
      </span>
    )
  }
  if (state !== 'done') return null
  if (operation === null) return <span className="muted">{t(isCheck ? 'checks.done' : 'jobs.item.nothing')}</span>
  return (
    <span className="row cut">
      <Link to="/journal" search={{ operation }} data-testid="item-operation">
        {t('jobs.item.operation')}
      </Link>
      {milliseconds !== null && <span className="muted">{t('jobs.item.milliseconds', { milliseconds })}</span>}
    </span>
  )
}
