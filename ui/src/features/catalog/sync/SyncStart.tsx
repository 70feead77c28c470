import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { FleetState, TenantSync } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Spinner } from '../../../shared/Spinner'
import { useTask } from '../../../shared/tasks'
import { useText } from '../../../shared/text'
import { useCreateJob } from '../../jobs/api'
import { chooseNone } from '../../tenants/chosen'
import { type Draft, type How, planWaiting } from './draft'
import { outcomeOf } from './outcomes'
import { itemsOf } from './useSync'

const route = getRouteApi('/catalog/fleet/sync')
const NAMED = 3

type Props = { how: How; tenants: TenantSync[]; draft: Draft; fleet: FleetState }

/** Who stays as they are, by name, and the button that makes a job of the others. */
export function SyncStart({ how, tenants, draft, fleet }: Props) {
  const { t } = useText()
  const { of } = route.useSearch()
  const go = useNavigate()
  const job = useCreateJob()
  const { reset } = useTask('sync-preview')
  const items = itemsOf(tenants)
  const release = how.preview.release
  const isSettled = tenants.every((tenant) => outcomeOf(tenant) === 'in_step')
  const isPlanning = draft.waiting.size > 0
  const start = () =>
    job.mutate(items, {
      onSuccess: (id) => {
        if (of === 'chosen') chooseNone()
        reset()
        void go({ to: '/jobs', search: { job: id } })
      },
    })
  return (
    <section className="sync-start" aria-label={t('sync.start')} data-testid="sync-summary">
      <div className="grow stack">
        {job.isError && <ErrorView error={job.error} />}
        {draft.error !== null && <ErrorView error={draft.error} onRetry={planWaiting} />}
        <Left outcome="undecided" tenants={tenants} fleet={fleet} />
        <Left outcome="refused" tenants={tenants} fleet={fleet} />
        {items.length === 0 && isSettled && <p role="status">{t('sync.nothing')}</p>}
      </div>
      {isPlanning && draft.error === null && (
        <span className="row muted" role="status">
          <Spinner small />
          {t('sync.planning', { count: draft.waiting.size })}
        </span>
      )}
      {items.length > 0 && (
        <Button variant="primary" isDisabled={job.isPending || isPlanning} onPress={start} data-testid="create-job">
          {t('sync.apply', { count: items.length, release })}
        </Button>
      )}
    </section>
  )
}

/** Tenants that stay as they are, the first few by name. */
function Left(props: { outcome: 'undecided' | 'refused'; tenants: TenantSync[]; fleet: FleetState }) {
  const { t, list } = useText()
  const { outcome, tenants, fleet } = props
  const navigate = route.useNavigate()
  const left = tenants.filter((tenant) => outcomeOf(tenant) === outcome)
  if (left.length === 0) return null
  const nameOf = (schema: string) => fleet.tenants.find((known) => known.schema === schema)?.name ?? schema
  const named = left.slice(0, NAMED).map(({ schema }) => nameOf(schema))
  const rest = left.length - named.length
  const names = list(rest > 0 ? [...named, t('fleet.more', { count: rest })] : named)
  return (
    <p className="row" data-testid={`sync-left-${outcome}`}>
      <span className="grow wrap">{t(`sync.left.${outcome}`, { count: left.length, names })}</span>
      <Button variant="quiet" onPress={() => void navigate({ search: (old) => ({ ...old, show: outcome }) })}>
        {t('sync.left.show')}
      </Button>
    </p>
  )
}
