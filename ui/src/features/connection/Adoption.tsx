import { useState } from 'react'
import { type AdoptionPlan, appError, type Shape, type TableChoice } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { SqlText } from '../../shared/SqlText'
import { Loading } from '../../shared/states'
import { useText } from '../../shared/text'
import { ANY_TABLE, type Seen, useAdopt, useAdoptionPlan } from './api'
import { Obstacles, obstacleOf } from './Obstacles'
import { ShapeChoice } from './ShapeChoice'
import { ShapeView } from './ShapeView'

type Props = { seen: Seen; onOpen: () => void; onOpened: () => void }

/** What would make a database a platform of ours: what was found, every statement, and one button that runs them. */
export function Adoption({ seen, onOpen, onOpened }: Props) {
  const { t } = useText()
  const { inspection } = seen
  const { found } = inspection
  const [choice, setChoice] = useState<TableChoice | null>(found.found === 'several' ? null : ANY_TABLE)
  const query = useAdoptionPlan(seen, choice)
  const adopt = useAdopt(seen)

  const failure = appError(adopt.error)
  const fresh = failure?.code === 'stale_adoption' ? failure.fresh : null
  const plan = fresh ?? query.data
  const shapes = found.found === 'several' || found.found === 'unmapped' ? found.shapes : []
  const asks = shapes.length > 1 && (found.found === 'several' || isSeveral(query.error))
  const needsSchema = found.found === 'adoptable' || found.found === 'several'
  const isObstructed = obstacleOf(inspection, needsSchema) !== null

  return (
    <>
      <div className="found-body">
        <Lead seen={seen} />
        <Obstacles inspection={inspection} needsSchema={needsSchema} />
        {asks && (
          <ShapeChoice
            shapes={shapes}
            choice={choice}
            onChoose={(next) => {
              adopt.reset()
              setChoice(next)
            }}
          />
        )}
        {fresh && (
          <Notice tone="note" title={t('adopt.stale')} data-testid="adoption-stale">
            <p>{t('adopt.stale.text')}</p>
          </Notice>
        )}
        {adopt.error && !fresh && <ErrorView error={adopt.error} />}
        {query.error && !asks && <ErrorView error={query.error} onRetry={() => void query.refetch()} />}
        {choice !== null && query.isPending && <Loading label={t('adopt.planning')} />}
        {plan?.shape && <ShapeView shape={plan.shape} />}
        {plan && plan.statements !== '' && (
          <section className="found-section">
            <h3>{t(`adopt.sql.${plan.action}`)}</h3>
            <p className="muted">{t('adopt.sql.text')}</p>
            <SqlText label={t('adopt.sql.label')} sql={plan.statements} />
          </section>
        )}
      </div>
      {plan && (
        <footer className="found-foot">
          {found.found === 'platform' && (
            <Button onPress={onOpen} data-testid="open-as-it-is">
              {t('adopt.open')}
            </Button>
          )}
          <Button
            variant="primary"
            isDisabled={adopt.isPending || isObstructed}
            onPress={() => adopt.mutate({ choice: choice ?? ANY_TABLE, hash: plan.hash }, { onSuccess: onOpened })}
            data-testid="adopt"
          >
            <Verb plan={plan} />
          </Button>
        </footer>
      )}
    </>
  )
}

const isSeveral = (error: unknown) => {
  const known = appError(error)
  return known?.code === 'not_a_platform' && known.found.found === 'several'
}

function Lead({ seen: { inspection } }: { seen: Seen }) {
  const { t } = useText()
  const { found } = inspection
  const known = ['adoptable', 'several', 'older', 'unmapped', 'platform'] as const
  const kind = known.find((name) => name === found.found) ?? 'platform'
  return (
    <section className="found-section">
      <h3>{t(`adopt.lead.${kind}`)}</h3>
      <p>{t(`adopt.lead.${kind}.text`)}</p>
      {found.found === 'older' && (
        <ul className="missing" data-testid="pending-migrations">
          {found.missing.map((name) => (
            <li key={name} className="mono wrap">
              {name}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What the button does, to how many and where. */
function Verb({ plan: { action, shape } }: { plan: AdoptionPlan }) {
  const { t } = useText()
  const of = (shape: Shape | null) => ({ table: shape?.tenantTable.table ?? '', count: shape?.tenants ?? 0 })
  return t(`adopt.do.${action}`, of(shape))
}
