import { ArrowRightLeft, Star, Trash2 } from 'lucide-react'
import type { ListedDomain } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'

type Props = { row: ListedDomain; onAsk: (what: 'primary' | 'remove' | 'move') => void }

/** What can be done with a domain. A primary one cannot go before another is primary. */
export function DomainActions({ row: { primary }, onAsk }: Props) {
  const { t } = useText()
  return (
    <section className="pane-section stack" aria-label={t('pane.actions')}>
      <div className="domain-actions">
        {!primary && (
          <Button icon={<Star size={14} />} onPress={() => onAsk('primary')} data-testid="pane-primary">
            {t('domain.primary')}
          </Button>
        )}
        <Button icon={<ArrowRightLeft size={14} />} onPress={() => onAsk('move')} data-testid="pane-move">
          {t('pane.move')}
        </Button>
        <Button
          icon={<Trash2 size={14} />}
          isDisabled={primary}
          onPress={() => onAsk('remove')}
          data-testid="pane-remove"
        >
          {t('domain.remove')}
        </Button>
      </div>
      {primary && <p className="small muted">{t('pane.remove.primary')}</p>}
    </section>
  )
}
