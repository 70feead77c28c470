import type { DomainDetail, Observation } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { showDialog } from '../../../shared/dialogs'
import { Filter } from '../../../shared/Filter'
import { Name } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { CopyAll, CopyText } from './Copy'
import { MailDialog } from './MailDialog'
import { isFine, NothingToFix } from './NothingToFix'
import { type NameForm, RecordTable } from './RecordTable'
import { doneBy, type Todo, todos } from './steps'
import { stepWords } from './stepWords'
import { zoneOf } from './zone'

type Props = { detail: DomainDetail; observation: Observation; form: NameForm; onForm: (form: NameForm) => void }

/** What mends a domain, step by step, with the records to copy. */
export function WhatToFix({ detail, observation, form, onForm }: Props) {
  const { t, rich } = useText()
  const { steps, zoneLines } = detail
  if (steps.length === 0) return isFine(detail) && <NothingToFix detail={detail} observation={observation} />
  const todo = todos(steps)
  const hasRecords = todo.some(({ rows }) => rows.length > 0)
  const zone = zoneOf(detail)
  const forZone = steps.some((step) => doneBy(step) === 'zone')
  return (
    <section className="pane-section stack" data-testid="what-to-fix">
      <div className="world-head">
        <h3>
          {t('world.fix')} <span className="muted">{t('world.fix.count', { count: todo.length })}</span>
        </h3>
        {hasRecords && <FormFilter form={form} onForm={onForm} />}
      </div>
      {hasRecords && form === 'zone' && zone && (
        <p className="small muted wrap">
          {rich('world.record.zone', {
            zone: (
              <Name key="zone" mono>
                {zone}
              </Name>
            ),
          })}
        </p>
      )}
      <ol className="todos">
        {todo.map((one, at) => (
          <TodoItem key={at} nth={at + 1} todo={one} detail={detail} form={form} />
        ))}
      </ol>
      {forZone && (
        <div className="row world-actions">
          {zoneLines.length > 0 && (
            <CopyAll text={zoneLines.join('\n')} data-testid="copy-zone-lines">
              {t('world.fix.copy')}
            </CopyAll>
          )}
          <Button
            onPress={() => showDialog((close) => <MailDialog detail={detail} onClose={close} />)}
            data-testid="zone-mail"
          >
            {t('world.fix.mail')}
          </Button>
        </div>
      )}
    </section>
  )
}

function FormFilter({ form, onForm }: Pick<Props, 'form' | 'onForm'>) {
  const { t } = useText()
  const options = [
    { id: 'zone', text: t('world.form.zone') },
    { id: 'full', text: t('world.form.full') },
  ]
  return (
    <Filter
      label={t('world.form')}
      options={options}
      value={form}
      onChange={(chosen) => onForm(chosen === 'full' ? 'full' : 'zone')}
    />
  )
}

function TodoItem({ nth, todo, detail, form }: { nth: number; todo: Todo; detail: DomainDetail; form: NameForm }) {
  const text = useText()
  const { t, number } = text
  const { title, why } = stepWords(text, todo, detail)
  const by = doneBy(todo.step)
  return (
    <li className="todo" data-testid={`step-${todo.step.step}`}>
      <span className="todo-number" aria-hidden>
        {number(nth)}
      </span>
      <div className="todo-body">
        <p className="row todo-title">
          <strong className="wrap">{title}</strong>
          {by && <span className="small muted">{t(`world.fix.${by}`)}</span>}
        </p>
        <p className="small wrap todo-why">{why}</p>
        {todo.step.step === 'point_apex' && <CopyText text={todo.step.target} data-testid="copy-value" />}
      </div>
      {todo.rows.length > 0 && (
        <div className="todo-records">
          <RecordTable label={title} rows={todo.rows} form={form} />
        </div>
      )}
    </li>
  )
}
