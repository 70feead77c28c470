import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { Applied, Intent } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Field } from '../../../shared/Field'
import { Pane } from '../../../shared/Pane'
import { useTaskState } from '../../../shared/tasks'
import { useText } from '../../../shared/text'
import { usePlanFlow } from '../../plan/usePlanFlow'

const route = getRouteApi('/catalog/releases')
const SLOT = 'release'

/** The master catalog as it is, under a number: its notes, what it would publish, and then for good. */
export function MakeReleasePane({ newest }: { newest: number }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const [number] = useState(newest + 1)
  const [notes, setNotes] = useState('')
  const [asked, setAsked] = useState<string | null>(null)
  const { status } = useTaskState(SLOT)
  const intent: Intent | null = asked === null ? null : { intent: 'release_catalog', request: { notes: asked } }
  const over = () => {
    flow.task.reset()
    void navigate({ search: ({ panel: _, ...old }) => old })
  }
  const flow = usePlanFlow({
    slot: SLOT,
    intent,
    name: t('change.master'),
    back: { label: t('plan.back'), onPress: () => setAsked(null) },
    close: over,
    done: made,
  })
  const isPlanned = asked !== null || status !== 'idle'
  const title = t('releases.make.title')
  return (
    <Pane
      label={title}
      title={title}
      subtitle={<span className="muted">{t('releases.make.text', { number })}</span>}
      onClose={flow.isBusy ? undefined : over}
      footer={isPlanned ? flow.footer : undefined}
      data-testid="release-panel"
    >
      {status !== 'done' && (
        <Form
          className="pane-section stack"
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault()
            flow.task.reset()
            setAsked(notes.trim())
          }}
        >
          <Field
            name="notes"
            label={t('releases.make.notes')}
            value={notes}
            onChange={(next) => {
              setNotes(next)
              if (!flow.isBusy) {
                setAsked(null)
                flow.task.reset()
              }
            }}
            optional
            multiline
            autoFocus
            hint={t('releases.make.hint')}
            data-testid="release-notes"
          />
          {!isPlanned && (
            <div className="row">
              <Button type="submit" data-testid="release-preview">
                {t('releases.make.preview')}
              </Button>
              {newest > 0 && (
                <Link to="/catalog/releases" search={{ before: newest, after: 0 }}>
                  {t('releases.make.read')}
                </Link>
              )}
            </div>
          )}
        </Form>
      )}
      {isPlanned && <div className="plan-body release-plan">{flow.body}</div>}
    </Pane>
  )

  function made({ operation }: Applied) {
    if (!operation) return {}
    const actions = (
      <Link to="/catalog/fleet" className="button plain" data-testid="open-fleet">
        {t('releases.make.fleet')}
      </Link>
    )
    return { title: t('releases.make.done', { number }), text: t('releases.make.next'), actions }
  }
}
