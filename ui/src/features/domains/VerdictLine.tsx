import './domains.css'
import { CircleCheck, CircleSlash, CircleX, Info, Laptop } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DomainName, DomainVerdict } from '../../ipc/client'
import { OwnerLink } from '../../shared/OwnerLink'
import { useText } from '../../shared/text'

type Props = { verdict: DomainVerdict; role: 'primary' | 'alias' }

/** What would become of a domain: the form in which it is stored and why, and whether it is free or who has it. */
export function VerdictLine({ verdict, role }: Props) {
  const { t, rich } = useText()
  const { name, outcome } = verdict
  if (!name || outcome.outcome === 'invalid') return null
  return (
    <div className="verdict" role="status" data-testid="domain-verdict" data-outcome={outcome.outcome}>
      {said()}
      <Stored name={name} />
    </div>
  )

  function said(): ReactNode {
    switch (outcome.outcome) {
      case 'free':
        return (
          <span className="verdict-line good">
            <CircleCheck size={14} aria-hidden />
            {t('verdict.domain.free')}
          </span>
        )
      case 'yours_already':
        return (
          <span className="verdict-line note">
            <Info size={14} aria-hidden />
            {t('verdict.domain.yours', { primary: outcome.primary })}
          </span>
        )
      case 'taken': {
        const isPrimary = role === 'primary'
        const Icon = isPrimary ? CircleX : CircleSlash
        const owner = <OwnerLink owner={outcome.owner} taken />
        return (
          <span className={`verdict-line ${isPrimary ? 'bad' : 'note'}`}>
            <Icon size={14} aria-hidden />
            <span className="wrap">
              {rich('verdict.domain.taken', { owner, primary: outcome.primary })}.{' '}
              {t(isPrimary ? 'verdict.domain.taken.primary' : 'verdict.domain.taken.alias')}
            </span>
          </span>
        )
      }
    }
  }
}

function Stored({ name }: { name: DomainName }) {
  const { t, rich, list } = useText()
  const { stored, unicode, kind, rewrites } = name
  const facts = [
    rewrites.length > 0 && list(rewrites.map((rewrite) => t(`rewrite.${rewrite}`))),
    unicode !== stored && rich('verdict.domain.unicode', { unicode: <bdi>{unicode}</bdi> }),
  ].filter(Boolean)
  return (
    <>
      {facts.length > 0 && (
        <span className="verdict-line">
          <span className="wrap">
            {rich('verdict.domain.stored', { stored: <bdi className="mono selectable">{stored}</bdi> })}
            {facts.map((fact, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
              <span key={at}>, {fact}</span>
            ))}
          </span>
        </span>
      )}
      {kind === 'development' && (
        <span className="verdict-line">
          <Laptop size={14} aria-hidden />
          {t('verdict.domain.development')}
        </span>
      )}
    </>
  )
}
