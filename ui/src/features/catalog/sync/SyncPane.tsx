import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { call, commands, type FleetState, type Plan, type TenantSync } from '../../../ipc/client'
import { Loaded } from '../../../shared/Loaded'
import { Name } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { ChangeList } from '../../plan/ChangeList'
import { FindingList } from '../../plan/FindingList'
import { ConflictList } from './ConflictList'
import type { Draft, How } from './draft'
import { OutcomeMark } from './outcomes'
import { intentFor } from './useSync'

const route = getRouteApi('/catalog/fleet/sync')

type Props = { how: How; tenant: TenantSync; draft: Draft; fleet: FleetState }

/** The plan for one tenant, and what is to be decided in it. */
export function SyncPane({ how, tenant, draft, fleet }: Props) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const { schema, outcome } = tenant
  const intent = intentFor(how, draft, schema)
  const plan = useQuery({
    queryKey: ['plan', intent],
    queryFn: () => call(commands.plan(intent)),
    enabled: outcome.outcome !== 'refused',
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return (
    <Pane
      label={t('sync.plan')}
      title={<Name>{fleet.tenants.find((known) => known.schema === schema)?.name ?? schema}</Name>}
      subtitle={
        <>
          <Name mono>{schema}</Name>
          <OutcomeMark tenant={tenant} />
        </>
      }
      onClose={() => void navigate({ search: ({ tenant: _, ...old }) => old })}
      data-testid="sync-detail"
    >
      {outcome.outcome === 'refused' ? (
        <div className="pane-section">
          <Notice tone="bad" title={t('sync.refused')}>
            <p className="wrap selectable">{outcome.reason}</p>
          </Notice>
        </div>
      ) : (
        <>
          {outcome.outcome === 'in_step_by_receipt' && (
            <p className="pane-section muted">{t('sync.by_receipt', { number: how.preview.release })}</p>
          )}
          <Loaded query={plan}>{(data) => <Whole plan={data} how={how} />}</Loaded>
        </>
      )}
    </Pane>
  )
}

function Whole({ plan, how }: { plan: Plan; how: How }) {
  const { t } = useText()
  const { changes, findings, subject } = plan
  const conflicts = findings.flatMap((of) => (of.finding === 'catalog_conflicts' ? of.conflicts : []))
  const others = findings.filter(({ finding }) => finding !== 'catalog_conflicts')
  const isUndecided = conflicts.some(({ choice }) => choice === null)
  return (
    <>
      {conflicts.length > 0 && <ConflictList how={how} schema={subject} conflicts={conflicts} />}
      <div className="plan-body plan">
        {others.length > 0 && (
          <section>
            <h3 className="plan-heading">{t('plan.findings')}</h3>
            <FindingList findings={others} />
          </section>
        )}
        <section>
          <h3 className="plan-heading">{t('plan.title')}</h3>
          {changes.length > 0 ? (
            <ChangeList changes={changes} />
          ) : (
            <p className="muted">{t(isUndecided ? 'sync.plan.undecided' : 'sync.plan.nothing')}</p>
          )}
        </section>
      </div>
    </>
  )
}
