import './master.css'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { RETIRE_WAYS, type RetireWay } from '../../../app/search'
import type { MasterCatalog, Retirement } from '../../../ipc/client'
import { ErrorView } from '../../../shared/ErrorView'
import { Name } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { Pane } from '../../../shared/Pane'
import { Progress } from '../../../shared/Progress'
import { useText } from '../../../shared/text'
import { AtomPicker } from './AtomPicker'
import { UsageView } from './UsageView'
import { useRetireFromMaster } from './useRetireFromMaster'
import { useRetireInTenants } from './useRetireInTenants'
import { useUsage } from './useUsage'

const route = getRouteApi('/catalog')

type Props = { slug: string; catalog: MasterCatalog }

/** How an atom goes: what refers to it is seen first, then what becomes of that. */
export function RetirePane({ slug, catalog }: Props) {
  const { t, rich } = useText()
  const { way, to } = route.useSearch()
  const navigate = route.useNavigate()
  const { task, look, usage, isOfThis } = useUsage(slug)
  const atom = catalog.atoms.find((known) => known.slug === slug)
  const isFree = task.status !== 'running'
  const isAsked = isOfThis && task.status !== 'idle'
  // Whoever comes from the atom may have it already.
  useEffect(() => {
    if (!isAsked && isFree) look()
  }, [isAsked, isFree, look])
  const close = () => void navigate({ search: ({ panel: _, way: __, to: ___, ...old }) => old })
  const choose = (next: RetireWay) =>
    void navigate({ search: (old) => ({ ...old, way: next, to: undefined }), replace: true })
  const how = useMemo(() => retirement(way, to), [way, to])
  const name = atom?.name ?? slug
  const fromMaster = useRetireFromMaster({ slug, isChosen: way === 'master' && atom !== undefined, onClose: close })
  const inTenants = useRetireInTenants({ slug, name, how, onClose: close })
  const chosen = way === 'master' ? fromMaster : how ? inTenants : null
  return (
    <Pane
      label={t('retire.label')}
      title={rich('retire.title', { name: <Name key="name">{name}</Name> })}
      subtitle={<Name mono>{slug}</Name>}
      {...(!fromMaster.isBusy && { onClose: close })}
      footer={chosen?.footer}
      data-testid="retire-panel"
    >
      {head()}
      {chosen?.body}
    </Pane>
  )

  function head() {
    return (
      <>
        {isOfThis && task.status === 'running' && (
          <div className="pane-section">
            <Progress task={task} label={t('usage.looking')} />
          </div>
        )}
        {isOfThis && task.status === 'failed' && (
          <div className="pane-section">
            <ErrorView error={task.error} onRetry={look} />
          </div>
        )}
        {usage && <UsageView usage={usage} isShort={way !== undefined} />}
        <section className="pane-section stack">
          <RadioGroup
            className="field"
            value={way ?? null}
            onChange={(next) => choose(next as RetireWay)}
            data-testid="retire-ways"
          >
            <Label className="field-label">{t('retire.what')}</Label>
            <div className="choices">
              {RETIRE_WAYS.filter((id) => id !== 'master' || atom || way === id).map((id) => (
                <Radio key={id} value={id} className="choice" data-testid={`retire-${id}`}>
                  <span>{t(`retire.${id}`)}</span>
                  <span className="field-hint">{t(`retire.${id}.text`)}</span>
                </Radio>
              ))}
            </div>
          </RadioGroup>
          {way === 'repoint' && (
            <AtomPicker
              label={t('retire.to')}
              atoms={catalog.atoms}
              except={slug}
              value={to}
              onChange={(next) => void navigate({ search: (old) => ({ ...old, to: next }), replace: true })}
            />
          )}
          {atom && way && way !== 'master' && (
            <Notice tone="note" title={t('retire.still')} data-testid="retire-still">
              <p>{t('retire.still.text')}</p>
            </Notice>
          )}
        </section>
      </>
    )
  }
}

function retirement(way: RetireWay | undefined, to: string | undefined): Retirement | null {
  if (way === 'repoint') return to ? { way, to } : null
  return way === undefined || way === 'master' ? null : { way }
}
