import '../domains.css'
import type { ReactNode } from 'react'
import type { DomainDetail } from '../../../ipc/client'
import { CopyCell } from '../../../shared/CopyCell'
import { Loaded } from '../../../shared/Loaded'
import { Name } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { OwnerLink } from '../../../shared/OwnerLink'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { DomainStateMark, KindMark } from '../DomainMarks'
import { DomainActions } from './DomainActions'
import { listed, useDomain } from './useDomain'

type Props = {
  domain: string
  onClose: () => void
  /** What the world answers about it, once somebody has asked. */
  children?: ReactNode
}

/** One domain: its forms, whose it is and since when, and what can be done with it. */
export function DomainPane({ domain, onClose, children }: Props) {
  const { t, rich } = useText()
  const { query, isGone } = useDomain(domain)
  const row = query.data && listed(query.data)
  return (
    <Pane
      label={t('pane.label')}
      title={<Name mono>{row?.unicode ?? domain}</Name>}
      subtitle={
        row && (
          <>
            <KindMark primary={row.primary} kind={row.kind} />
            <DomainStateMark state={row.state} />
          </>
        )
      }
      onClose={onClose}
      data-testid="domain-detail"
    >
      {isGone ? (
        <div className="pane-section">
          <Notice
            tone="note"
            title={rich('pane.missing', { domain: <bdi key="domain">{domain}</bdi> })}
            data-testid="domain-missing"
          >
            <p>{t('pane.missing.text')}</p>
          </Notice>
        </div>
      ) : (
        <Loaded query={query}>
          {(detail) => (
            <>
              <Facts of={detail} />
              <DomainActions row={listed(detail)} />
              {children}
            </>
          )}
        </Loaded>
      )}
    </Pane>
  )
}

function Facts({ of: { domain: row, assignment } }: { of: DomainDetail }) {
  const { t, rich, time } = useText()
  const { since, by } = assignment
  return (
    <section className="pane-section">
      <dl className="domain-facts">
        {row.unicode !== row.domain && <CopyCell label={t('pane.unicode')} text={row.unicode} />}
        <CopyCell label={t(row.unicode === row.domain ? 'pane.label' : 'pane.ascii')} text={row.domain} />
        <div className="domain-fact">
          <dt>{t('pane.tenant')}</dt>
          <dd>
            <OwnerLink owner={row.owner} />
          </dd>
        </div>
        <div className="domain-fact">
          <dt>{t('pane.since')}</dt>
          <dd className="wrap">
            {since && by ? rich('pane.by', { time: time(since), by: <bdi key="by">{by}</bdi> }) : t('pane.application')}
          </dd>
        </div>
      </dl>
    </section>
  )
}
