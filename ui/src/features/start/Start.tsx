import './start.css'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { call, commands, type Item } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { ItemList } from '../../shared/ItemList'
import { markPainted } from '../../shared/marks'
import { Progress } from '../../shared/Progress'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { useStatus } from '../connection/api'
import { Doors } from './Doors'

/** A platform without tenants: what a newcomer may want to do. */
export function Start() {
  const { t } = useText()
  const status = useStatus().data
  const navigate = useNavigate()
  const example = useTask<Item[]>('example')
  useEffect(() => markPainted('usable'), [])
  const isLoading = example.status === 'running' || example.status === 'done'
  const host = status?.place.place === 'server' ? status.place.host : null
  const load = () => void example.start((id, progress) => call(commands.loadExample(id, progress)))
  return (
    <div className="start" data-testid="empty">
      <div className="start-inside" data-testid="start">
        <Doors />
        <header>
          <h2>{t('start.title')}</h2>
          <p className="muted">{host ? t('start.text.server', { host }) : t('start.text')}</p>
        </header>
        {example.status === 'failed' && <ErrorView error={example.error} />}
        {isLoading ? (
          <section className="stack" data-testid="example-progress">
            <div className="row">
              <div className="grow">
                <Progress task={example} label={t('start.example.running')} />
              </div>
              <Button onPress={example.cancel} isDisabled={example.cancelling} data-testid="cancel-task">
                {t(example.cancelling ? 'task.cancelling' : 'plan.cancel')}
              </Button>
            </div>
            <ItemList items={example.items} />
          </section>
        ) : (
          <ul className="offers">
            <Offer name="create" onPress={() => void navigate({ to: '/tenants', search: { panel: 'new' } })} primary />
            <Offer name="csv" onPress={() => void navigate({ to: '/tenants/csv' })} />
            <Offer name="example" onPress={load} />
            <Offer name="connect" onPress={() => void navigate({ to: '/connect' })} />
          </ul>
        )}
      </div>
    </div>
  )
}

function Offer(props: { name: 'create' | 'csv' | 'example' | 'connect'; onPress: () => void; primary?: boolean }) {
  const { t } = useText()
  return (
    <li>
      <AriaButton
        className={props.primary ? 'offer primary' : 'offer'}
        onPress={props.onPress}
        data-testid={`start-${props.name}`}
      >
        <span className="offer-title">{t(`start.${props.name}`)}</span>
        <span className="offer-text">{t(`start.${props.name}.text`)}</span>
        <ArrowRight size={16} aria-hidden />
      </AriaButton>
    </li>
  )
}
