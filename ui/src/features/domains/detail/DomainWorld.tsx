import './detail.css'
import { useState } from 'react'
import type { DomainDetail } from '../../../ipc/client'
import { Loaded } from '../../../shared/Loaded'
import { useText } from '../../../shared/text'
import { AxisStrip } from './AxisStrip'
import { useDomainDetail } from './api'
import { CheckNow } from './CheckNow'
import { DnsGist, DnsSeen } from './DnsSeen'
import { Fold } from './Fold'
import { ProofSection } from './ProofSection'
import type { NameForm } from './RecordTable'
import { TlsGist, TlsSeen } from './TlsSeen'
import { Vantage } from './Vantage'
import { WhatToFix } from './WhatToFix'

/** What the world answers about a domain, what is to be done about it, and the evidence. */
export function DomainWorld({ domain }: { domain: string }) {
  const query = useDomainDetail(domain)
  return <Loaded query={query}>{(detail) => <World key={domain} detail={detail} />}</Loaded>
}

function World({ detail }: { detail: DomainDetail }) {
  const { t } = useText()
  const [form, setForm] = useState<NameForm>('zone')
  const { observation } = detail
  const isLocal = detail.domain.kind === 'development'
  return (
    <div className="world" data-testid="domain-world" data-state={detail.state}>
      <section className="pane-section stack">
        <div className="world-head">
          <h3>{t('world.title')}</h3>
          {!isLocal && <CheckNow domain={detail.domain.domain} isNew={!observation} />}
        </div>
        <AxisStrip detail={detail} />
        {isLocal && <p className="small muted">{t('world.local')}</p>}
        {observation && <Vantage vantage={observation.vantage} />}
      </section>
      {!isLocal && (
        <>
          {observation && <WhatToFix detail={detail} observation={observation} form={form} onForm={setForm} />}
          <ProofSection detail={detail} form={form} />
          {observation && (
            <>
              <Fold title={t('world.dns')} gist={<DnsGist dns={observation.dns} />} data-testid="seen-dns">
                <DnsSeen dns={observation.dns} />
              </Fold>
              <Fold title={t('world.tls')} gist={<TlsGist tls={observation.tls} />} data-testid="seen-tls">
                <TlsSeen tls={observation.tls} />
              </Fold>
            </>
          )}
        </>
      )}
    </div>
  )
}
