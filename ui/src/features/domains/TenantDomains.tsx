import './domains.css'
import { useState } from 'react'
import type { Domain, Intent, Tenant } from '../../ipc/client'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { AddDomain } from './AddDomain'
import { DomainRow } from './DomainRow'

type Asked = { intent: Intent; title: 'domain.remove.title' | 'domain.primary.title' }

/** A tenant's domains: the primary one first, its aliases, and those for development by themselves. */
export function TenantDomains({ tenant, domains }: { tenant: Tenant; domains: Domain[] }) {
  const { t, rich } = useText()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { schema, name } = tenant

  const primary = domains.filter((domain) => domain.primary)
  const others = domains.filter((domain) => !domain.primary)
  const groups = [
    { heading: t('domain.group.primary'), its: primary },
    { heading: t('domain.group.aliases'), its: others.filter(({ kind }) => kind === 'public') },
    { heading: t('domain.group.development'), its: others.filter(({ kind }) => kind === 'development') },
  ]
  return (
    <>
      <AddDomain key={schema} tenant={{ schema, name }} />
      {domains.length === 0 && <p className="pane-section muted">{t('domain.none')}</p>}
      {domains.length > 0 && primary.length === 0 && (
        <div className="pane-section">
          <Notice tone="bad" title={t('domain.primary.missing')} />
        </div>
      )}
      {groups
        .filter(({ its }) => its.length > 0)
        .map(({ heading, its }) => (
          <section key={heading}>
            <h3 className="group-heading">{heading}</h3>
            <ul>
              {its.map((domain) => (
                <DomainRow
                  key={domain.domain}
                  domain={domain}
                  onRemove={(of) =>
                    setAsked({ intent: { intent: 'remove_domain', request: of }, title: 'domain.remove.title' })
                  }
                  onPrimary={(of) =>
                    setAsked({ intent: { intent: 'make_primary', request: of }, title: 'domain.primary.title' })
                  }
                />
              ))}
            </ul>
          </section>
        ))}
      {asked && (
        <PlanDialog
          title={rich(asked.title, { name: <bdi>{name}</bdi> })}
          intent={asked.intent}
          name={name}
          slot={`domains ${schema}`}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
