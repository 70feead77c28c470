import { CircleCheck, CircleSlash, CircleX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { RequestAnswer } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { Mono } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { OwnerLink } from '../../shared/OwnerLink'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { useWhoAnswers } from './api'

/** Any Host header, and whom the platform's router would lead it to. */
export function WhoDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const [host, setHost] = useState('')
  const { data, error } = useWhoAnswers(useDebounced(host, 80))
  return (
    <Dialog title={t('who.title')} isOpen onClose={onClose}>
      <div className="pane-section">
        <Field
          name="host"
          label={t('who.host')}
          hint={t('who.hint')}
          value={host}
          onChange={setHost}
          mono
          inputMode="url"
          autoFocus
          data-testid="who-host"
        />
      </div>
      <div className="who">
        {error && <ErrorView error={error} />}
        {host.trim() !== '' && data && <Answer answer={data} />}
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose}>{t('app.close')}</Button>
      </footer>
    </Dialog>
  )
}

function Answer({ answer }: { answer: RequestAnswer }) {
  const { t, rich } = useText()
  return (
    <div className="pane-section stack" data-testid="who-answer" data-outcome={answer.outcome}>
      <Outcome answer={answer} />
      {answer.outcome !== 'refused' && (
        <section>
          <h3 className="plan-heading">{t('who.steps')}</h3>
          <ol className="who-steps">
            {answer.steps.map((step) => (
              <li key={step}>{rich(`who.step.${step}`, { host: <Mono>{answer.host}</Mono> })}</li>
            ))}
            <li>{rich('who.step.sought', { sought: <Mono>{answer.sought}</Mono> })}</li>
          </ol>
        </section>
      )}
    </div>
  )
}

function Outcome({ answer }: { answer: RequestAnswer }): ReactNode {
  const { t, rich } = useText()
  switch (answer.outcome) {
    case 'reached': {
      const { owner, domain, primary, active, hasSchema } = answer
      return (
        <Notice tone="good" icon={CircleCheck} title={rich('who.reached', { owner: <OwnerLink owner={owner} /> })}>
          <p>{rich('who.reached.text', { domain: <Mono>{domain}</Mono>, primary: String(primary) })}</p>
          <p className="muted">{rich('who.schema', { schema: <Mono>{owner.schema}</Mono> })}</p>
          {!active && <p>{t('who.suspended')}</p>}
          {!hasSchema && <p>{t('who.no_schema')}</p>}
        </Notice>
      )
    }
    case 'refused':
      return (
        <Notice tone="bad" icon={CircleX} title={t('who.refused')}>
          <p>{rich('who.refused.text', { host: <Mono>{answer.host}</Mono> })}</p>
        </Notice>
      )
    case 'nobody':
      return (
        <Notice tone="note" icon={CircleSlash} title={t('who.nobody')}>
          <p>{rich('who.nobody.text', { sought: <Mono>{answer.sought}</Mono> })}</p>
          {answer.near.length > 0 && (
            <>
              <p>{t('who.near')}</p>
              <ul className="who-near">
                {answer.near.map(({ domain, owner }) => (
                  <li key={domain}>
                    {rich('who.near.of', { domain: <Mono>{domain}</Mono>, owner: <OwnerLink owner={owner} /> })}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      )
  }
}
