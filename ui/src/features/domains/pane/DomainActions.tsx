import { ArrowRightLeft, Star, Trash2 } from 'lucide-react'
import type { ListedDomain } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'
import { useDomainActions } from '../actions'

/** What can be done with a domain. A primary one cannot go before another is primary. */
export function DomainActions({ row }: { row: ListedDomain }) {
  const { t } = useText()
  const { makePrimary, move, remove } = useDomainActions()
  const { domain, primary } = row
  return (
    <section className="pane-section stack" aria-label={t('pane.actions')}>
      <div className="domain-actions">
        {!primary && (
          <Button icon={<Star size={14} />} onPress={() => makePrimary(row)} data-testid="pane-primary">
            {t('domain.primary')}
          </Button>
        )}
        <Button icon={<ArrowRightLeft size={14} />} onPress={() => move([domain])} data-testid="pane-move">
          {t('pane.move')}
        </Button>
        <Button icon={<Trash2 size={14} />} isDisabled={primary} onPress={() => remove(row)} data-testid="pane-remove">
          {t('domain.remove')}
        </Button>
      </div>
      {primary && <p className="small muted">{t('pane.remove.primary')}</p>}
    </section>
  )
}
