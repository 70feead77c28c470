import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Form, Label, Radio, RadioGroup } from 'react-aria-components'
import { appError, type CatalogSource, call, commands, type Intent } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { Pane } from '../../shared/Pane'
import { useTaskState } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { usePlanFlow } from '../plan/usePlanFlow'
import { TenantPicker } from '../tenants/TenantPicker'

const route = getRouteApi('/catalog')
const SLOT = 'import'
const KINDS = ['path', 'tenant', 'public'] as const
type Kind = (typeof KINDS)[number]

/** Atoms from a file, a folder or a schema into the master catalog: choose, read what it comes to, apply. */
export function ImportPane() {
  const { t } = useText()
  const navigate = route.useNavigate()
  const [kind, setKind] = useState<Kind>('path')
  const [path, setPath] = useState('')
  const [tenant, setTenant] = useState<string | null>(null)
  const [asked, setAsked] = useState<CatalogSource | null>(null)
  const { status } = useTaskState(SLOT)
  const close = () => void navigate({ search: ({ panel: _, ...old }) => old })
  const intent: Intent | null = asked && { intent: 'import_catalog', request: asked }
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

  /** What was asked is about another source. */
  const forget = () => {
    if (flow.isBusy) return
    setAsked(null)
    flow.task.reset()
  }
  const ask = (source: CatalogSource) => {
    flow.task.reset()
    setAsked(source)
  }
  async function choose(chosen: Promise<Awaited<ReturnType<typeof commands.chooseFile>>>) {
    const place = await call(chosen)
    if (place === null) return
    setPath(place)
    ask({ source: 'path', path: place })
  }
  const source = sourceOf(kind, path, tenant)
  const preview = (
    <Button type="submit" isDisabled={source === null || flow.isBusy} data-testid="catalog-preview">
      {t('catalog.import.preview')}
    </Button>
  )
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
          if (source) ask(source)
        }}
      >
        <RadioGroup
          className="field"
          value={kind}
          isDisabled={flow.isBusy}
          onChange={(next) => {
            setKind(next as Kind)
            forget()
          }}
        >
          <Label className="field-label">{t('import.from')}</Label>
          <div className="choices">
            {KINDS.map((id) => (
              <Radio key={id} value={id} className="choice" data-testid={`import-${id}`}>
                <span>{t(`import.${id}`)}</span>
                <span className="field-hint">{t(`import.${id}.text`)}</span>
              </Radio>
            ))}
          </div>
        </RadioGroup>
        {kind === 'path' && (
          <>
            <Field
              name="path"
              label={t('catalog.import.path')}
              value={path}
              onChange={(next) => {
                setPath(next)
                forget()
              }}
              mono
              hint={isPathWrong ? undefined : t('catalog.import.hint')}
              data-testid="catalog-path"
              after={preview}
            />
            <div className="row">
              <Button onPress={() => void choose(commands.chooseFolder())} data-testid="choose-folder">
                {t('catalog.import.folder')}
              </Button>
              <Button onPress={() => void choose(commands.chooseFile())} data-testid="choose-file">
                {t('catalog.import.file')}
              </Button>
            </div>
          </>
        )}
        {kind === 'tenant' && (
          <TenantPicker
            label={t('import.tenant.which')}
            value={tenant}
            onChange={(schema) => {
              setTenant(schema)
              forget()
            }}
            data-testid="import-from-tenant"
          />
        )}
        {kind !== 'path' && <div className="row">{preview}</div>}
      </Form>
      {isPlanned && <div className="plan-body import-plan">{flow.body}</div>}
    </Pane>
  )
}

function sourceOf(kind: Kind, path: string, tenant: string | null): CatalogSource | null {
  if (kind === 'public') return { source: 'schema', schema: 'public' }
  if (kind === 'tenant') return tenant ? { source: 'schema', schema: tenant } : null
  return path.trim() ? { source: 'path', path } : null
}
