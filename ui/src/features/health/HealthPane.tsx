import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call, commands, type Health, type Symptom, type TenantHealth } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { showDialog } from '../../shared/dialogs'
import { ErrorView } from '../../shared/ErrorView'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { Progress } from '../../shared/Progress'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { Difference } from './Difference'
import { FindingItem } from './FindingItem'
import { swatchOf } from './GroupBar'
import { StateMark } from './StateMark'
import { groupName, stateOf } from './words'

const route = getRouteApi('/health')

/** What giving a tenant the objects that it lacks can do something about. */
const MENDABLE: ReadonlySet<Symptom['symptom']> = new Set([
  'schema_missing',
  'falls_through',
  'half_built',
  'ledger_ahead',
  'ledger_behind',
  'object_missing',
])

/** What was found of one tenant, with its evidence, and how it differs from the others. */
export function HealthPane({ fleet, tenant }: { fleet: Health; tenant: TenantHealth }) {
  const { t, rich, time } = useText()
  const navigate = route.useNavigate()
  const { schema } = tenant
  const task = useTask<Health>(`health ${schema}`)
  const [isCompared, setCompared] = useState(false)
  // Asked about by itself, a tenant is read in full, its sequences too.
  const later = task.result && task.result.at > fleet.at ? task.result : null
  const { name, group, findings } = later?.tenants[0] ?? tenant
  const { groups, reference, at } = later ?? fleet
  const isBusy = task.status === 'running'
  const again = () => void task.start((id, progress) => call(commands.health(id, schema, progress)))
  const mend = () =>
    showDialog((close) => (
      <PlanDialog
        title={rich('health.mend.title', { name: <bdi key="name">{name}</bdi> })}
        intent={{ intent: 'mend_tenant', request: { schema, like: reference } }}
        name={name}
        slot={`mend ${schema}`}
        onClose={close}
        onApplied={again}
      />
    ))
  const isMendable = reference !== schema && findings.some(({ symptom }) => MENDABLE.has(symptom.symptom))
  const isComparable = group !== null && reference !== null && reference !== schema
  return (
    <Pane
      label={t('health.title')}
      title={<Name>{name}</Name>}
      subtitle={
        <>
          <StateMark state={stateOf({ ...tenant, findings })} />
          <Name mono>{schema}</Name>
          <span className="row">
            {group === null ? (
              t('health.group.none')
            ) : (
              <>
                <span className={swatchOf(groups, group)} aria-hidden />
                {t('health.group.name', { name: groupName(group) })}
              </>
            )}
          </span>
        </>
      }
      onClose={() => void navigate({ search: ({ tenant: _, ...old }) => old })}
      data-testid="health-detail"
    >
      <div className="pane-section row health-actions">
        <Button onPress={again} isDisabled={isBusy} data-testid="health-again">
          {t('health.again')}
        </Button>
        {isMendable && (
          <Button variant="primary" onPress={mend} isDisabled={isBusy} data-testid="health-mend">
            {t('health.mend')}
          </Button>
        )}
        <Link
          className="button plain"
          to="/tenants"
          search={{ tenant: schema, tab: 'verify' }}
          data-testid="health-verify"
        >
          {t('verify.run.tenant')}
        </Link>
        <span className="muted cut">{t('health.at', { time: time(at) })}</span>
      </div>
      {isBusy && (
        <div className="pane-section">
          <Progress task={task} label={t('running.health')} />
        </div>
      )}
      {task.status === 'failed' && (
        <div className="pane-section">
          <ErrorView error={task.error} />
        </div>
      )}
      {findings.length === 0 ? (
        <p className="pane-section muted">{t('health.findings.none')}</p>
      ) : (
        <ul className="health-findings">
          {findings.map((finding, index) => (
            <FindingItem key={index} finding={finding} />
          ))}
        </ul>
      )}
      {isComparable && (
        <section className="pane-section stack">
          <div>
            <Button onPress={() => setCompared(!isCompared)} aria-expanded={isCompared} data-testid="health-difference">
              {t(isCompared ? 'health.difference.hide' : 'health.difference')}
            </Button>
          </div>
          {isCompared && <Difference schema={schema} reference={reference} />}
        </section>
      )}
    </Pane>
  )
}
