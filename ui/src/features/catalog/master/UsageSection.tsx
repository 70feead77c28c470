import { Search } from 'lucide-react'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Progress } from '../../../shared/Progress'
import { useText } from '../../../shared/text'
import { UsageView } from './UsageView'
import { useUsage } from './useUsage'

/** Where an atom is used: asked by a button, since every tenant is looked at. */
export function UsageSection({ slug }: { slug: string }) {
  const { t } = useText()
  const { task, look, usage, isOfThis } = useUsage(slug)
  const isBusy = task.status === 'running'
  return (
    <section className="usage-section" aria-label={t('usage.title')}>
      <div className="pane-section stack">
        <div className="row">
          <h3 className="grow">{t('usage.title')}</h3>
          {isBusy && isOfThis ? (
            <Button onPress={task.cancel} isDisabled={task.cancelling}>
              {t('plan.cancel')}
            </Button>
          ) : (
            <Button icon={<Search size={14} />} isDisabled={isBusy} onPress={look} data-testid="usage-look">
              {t(usage ? 'usage.again' : 'usage.look')}
            </Button>
          )}
        </div>
        {isBusy && isOfThis && <Progress task={task} label={t('usage.looking')} />}
        {task.status === 'failed' && isOfThis && <ErrorView error={task.error} />}
        {!usage && !isBusy && task.status !== 'failed' && <p className="muted">{t('usage.text')}</p>}
      </div>
      {usage && <UsageView usage={usage} />}
    </section>
  )
}
