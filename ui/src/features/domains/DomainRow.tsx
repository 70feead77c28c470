import { CircleX } from 'lucide-react'
import type { Domain, DomainRef } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Door } from '../../shared/Door'
import { CutName } from '../../shared/Name'
import { ruleText } from '../../shared/ProblemText'
import { useText } from '../../shared/text'

type Props = { domain: Domain; onRemove: (of: DomainRef) => void; onPrimary: (of: DomainRef) => void }

export function DomainRow({ domain: { domain, unicode, primary, unreachable }, onRemove, onPrimary }: Props) {
  const text = useText()
  const { t } = text
  return (
    <li className="domain-row" data-testid={`domain-row-${domain}`} data-primary={primary}>
      <Door lit={primary} size={16} />
      <span className="grid-two">
        <CutName mono>{unicode}</CutName>
        {unicode !== domain && (
          <span className="small muted cut">
            <CutName mono>{domain}</CutName>
          </span>
        )}
        {unreachable && (
          <span className="domain-problem">
            <CircleX size={14} aria-hidden />
            <span className="wrap">
              {t('domains.reach.no')}. {ruleText(text, unreachable.rule)}
            </span>
          </span>
        )}
      </span>
      <span className="row">
        {!primary && (
          <Button
            variant="quiet"
            onPress={() => onPrimary({ domain })}
            aria-label={t('domain.primary.label', { domain })}
            data-testid={`domain-primary-${domain}`}
          >
            {t('domain.primary')}
          </Button>
        )}
        <Button
          variant="quiet"
          onPress={() => onRemove({ domain })}
          aria-label={t('domain.remove.label', { domain })}
          data-testid={`domain-remove-${domain}`}
        >
          {t('domain.remove')}
        </Button>
      </span>
    </li>
  )
}
