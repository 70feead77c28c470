import '../domains.css'
import type { ReactNode } from 'react'
import { CopyCell } from '../../../shared/CopyCell'
import { Loaded } from '../../../shared/Loaded'
import { Name } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { OwnerLink } from '../../../shared/OwnerLink'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { DomainStateMark, KindMark } from '../DomainMarks'
import { DomainActions } from './DomainActions'
import { type DomainHere, useDomain } from './useDomain'

type Props = {
  domain: string
  onClose: () => void
  /** What the world answers about it, once somebody has asked. */
  children?: ReactNode
}

/** One domain: its forms, whose it is and since when, and what can be done with it. */
export function DomainPane({ domain, onClose, children }: Props) {
  const { t, rich } = useText()
  const query = useDomain(domain)
  const row = query.data?.row
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
      <Loaded query={query}>
        {(found) =>
          found ? (
            <>
              <Facts of={found} />
              <DomainActions row={found.row} />
              {children}
            </>
          ) : (
            <div className="pane-section">
              <Notice
                tone="note"
                title={rich('pane.missing', { domain: <bdi key="domain">{domain}</bdi> })}
                data-testid="domain-missing"
              >
                <p>{t('pane.missing.text')}</p>
              </Notice>
            </div>
          )
        }
      </Loaded>
    </Pane>
  )
}

function Facts({ of: { row, held } }: { of: DomainHere }) {
  const { t, rich, time } = useText()
  const since = held?.since
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
        {held && (
          <div className="domain-fact">
            <dt>{t('pane.since')}</dt>
            <dd className="wrap">
              {since && held.by
                ? rich('pane.by', { time: time(since), by: <bdi key="by">{held.by}</bdi> })
                : t('pane.application')}
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
