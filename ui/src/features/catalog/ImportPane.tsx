import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { appError, call, commands, type Intent } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { Pane } from '../../shared/Pane'
import { useTaskState } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { usePlanFlow } from '../plan/usePlanFlow'

const route = getRouteApi('/catalog')
const SLOT = 'import'

/** Atoms from a folder or a file into the master catalog: choose, read what it comes to, apply. */
export function ImportPane() {
  const { t } = useText()
  const navigate = route.useNavigate()
  const [path, setPath] = useState('')
  const [asked, setAsked] = useState<{ path: string } | null>(null)
  const { status } = useTaskState(SLOT)
  const close = () => void navigate({ search: ({ panel: _, ...old }) => old })
  const intent: Intent | null = asked && { intent: 'import_catalog', request: { source: 'path', path: asked.path } }
  const over = () => {
    flow.task.reset()
    close()
  }
  const flow = usePlanFlow({
    slot: SLOT,
    intent,
    name: t('change.master'),
    back: { label: t('plan.back'), onPress: () => setAsked(null) },
    close: over,
    done: ({ operation }) => ({ title: operation ? t('catalog.import.done') : undefined }),
  })
  const isPlanned = asked !== null || status !== 'idle'
  const isPathWrong = appError(flow.error)?.code === 'file'

  async function choose(chosen: Promise<Awaited<ReturnType<typeof commands.chooseFile>>>) {
    const place = await call(chosen)
    if (place === null) return
    setPath(place)
    setAsked({ path: place })
  }
  return (
    <Pane
      label={t('catalog.import.title')}
      title={t('catalog.import.title')}
      onClose={flow.isBusy ? undefined : over}
      footer={isPlanned ? flow.footer : undefined}
      data-testid="import-panel"
    >
      <Form
        className="pane-section stack"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          flow.task.reset()
          setAsked({ path })
        }}
      >
        <Field
          name="path"
          label={t('catalog.import.path')}
          value={path}
          onChange={(next) => {
            setPath(next)
            if (!flow.isBusy) {
              setAsked(null)
              flow.task.reset()
            }
          }}
          mono
          hint={isPathWrong ? undefined : t('catalog.import.hint')}
          data-testid="catalog-path"
          after={
            <Button type="submit" isDisabled={path.trim() === '' || flow.isBusy} data-testid="catalog-preview">
              {t('catalog.import.preview')}
            </Button>
          }
        />
        <div className="row">
          <Button onPress={() => void choose(commands.chooseFolder())} data-testid="choose-folder">
            {t('catalog.import.folder')}
          </Button>
          <Button onPress={() => void choose(commands.chooseFile())} data-testid="choose-file">
            {t('catalog.import.file')}
          </Button>
        </div>
      </Form>
      {isPlanned && <div className="plan-body import-plan">{flow.body}</div>}
    </Pane>
  )
}
