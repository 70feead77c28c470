import './domains.css'
import { CircleCheck, CircleSlash, CircleX, CornerDownRight, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DomainName, DomainVerdict } from '../../ipc/client'
import { OwnerLink } from '../../shared/OwnerLink'
import { useText } from '../../shared/text'

type Props = { verdict: DomainVerdict; place: 'primary' | 'alias' }

/** What would become of a domain: the form in which it is stored and why, and whether it is free or who has it. */
export function VerdictLine({ verdict, place }: Props) {
  const { t, rich } = useText()
  const { name, outcome } = verdict
  if (!name || outcome.outcome === 'invalid') return null
  return (
    <div className="verdict" role="status" data-testid="domain-verdict" data-outcome={outcome.outcome}>
      {said(name)}
      <How name={name} />
    </div>
  )

  function said({ stored, rewrites, kind }: DomainName): ReactNode {
    switch (outcome.outcome) {
      case 'free':
        return (
          <span className="verdict-line good">
            <CircleCheck size={14} aria-hidden />
            <span className="wrap">
              {rewrites.length > 0
                ? rich('verdict.domain.free.stored', { stored: <bdi className="mono selectable">{stored}</bdi> })
                : t(kind === 'development' ? 'verdict.domain.free.development' : 'verdict.domain.free')}
            </span>
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
        const isPrimary = place === 'primary'
        const Icon = isPrimary ? CircleX : CircleSlash
        const owner = <OwnerLink owner={outcome.owner} taken />
        return (
          <span className={`verdict-line ${isPrimary ? 'bad' : 'note'}`}>
            <Icon size={14} aria-hidden />
            <span className="wrap">
              {rich('verdict.domain.taken', { owner, primary: outcome.primary })} {t(`verdict.domain.taken.${place}`)}
            </span>
          </span>
        )
      }
    }
  }
}

/** How the stored form came about, and how people see it. */
function How({ name: { stored, unicode, rewrites } }: { name: DomainName }) {
  const { t, rich, list } = useText()
  const how = rewrites.length > 0 && list(rewrites.map((rewrite) => t(`rewrite.${rewrite}`)))
  const shown = unicode !== stored && rich('verdict.domain.unicode', { unicode: <bdi>{unicode}</bdi> })
  if (!how && !shown) return null
  return (
    <span className="verdict-line">
      <CornerDownRight size={14} aria-hidden />
      <span className="wrap">
        {how}
        {how && shown && '; '}
        {shown}
      </span>
    </span>
  )
}
