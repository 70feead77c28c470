import { CircleCheck, CircleX, Laptop } from 'lucide-react'
import { useMemo } from 'react'
import type { Domain } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import type { GridColumn } from '../../shared/DataGrid'
import { Door } from '../../shared/Door'
import { CutName } from '../../shared/Name'
import { OwnerLink } from '../../shared/OwnerLink'
import { ruleText } from '../../shared/ProblemText'
import { useText } from '../../shared/text'

export function useDomainColumns(): GridColumn<Domain>[] {
  const text = useText()
  return useMemo(() => {
    const { t } = text
    return [
      {
        id: 'domain',
        header: t('domains.domain'),
        width: 'minmax(180px, 2fr)',
        value: ({ domain }) => domain,
        cell: ({ domain, unicode }) => (
          <span className="grid-two">
            <CutName mono>{unicode}</CutName>
            {unicode !== domain && (
              <span className="muted small cut">
                <CutName mono>{domain}</CutName>
              </span>
            )}
          </span>
        ),
      },
      {
        id: 'tenant',
        header: t('domains.tenant'),
        width: 'minmax(140px, 1.6fr)',
        value: ({ owner }) => owner.name,
        cell: ({ owner }) => (
          <span className="cut">
            <OwnerLink owner={owner} />
          </span>
        ),
      },
      {
        id: 'role',
        header: t('domains.role'),
        width: '112px',
        hideBelow: 520,
        value: ({ primary }) => (primary ? 0 : 1),
        cell: ({ primary }) => (
          <Badge icon={<Door lit={primary} />}>{t(primary ? 'domains.primary' : 'domains.alias')}</Badge>
        ),
      },
      {
        id: 'kind',
        header: t('domains.kind'),
        width: '132px',
        hideBelow: 640,
        value: ({ kind }) => kind,
        cell: ({ kind }) =>
          kind === 'development' ? (
            <Badge icon={<Laptop size={14} aria-hidden />}>{t('domains.kind.development')}</Badge>
          ) : (
            <span className="muted">{t('domains.kind.public')}</span>
          ),
      },
      {
        id: 'reach',
        header: t('domains.reach'),
        width: 'minmax(120px, 1.4fr)',
        hideBelow: 420,
        value: ({ unreachable }) => (unreachable ? 0 : 1),
        cell: ({ unreachable }) =>
          unreachable ? (
            <span className="badge bad cut">
              <CircleX size={14} aria-hidden />
              <span className="cut">
                {t('domains.reach.no')}. {ruleText(text, unreachable.rule)}
              </span>
            </span>
          ) : (
            <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
              {t('domains.reach.yes')}
            </Badge>
          ),
      },
    ]
  }, [text])
}
