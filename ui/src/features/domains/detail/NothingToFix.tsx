import { CircleCheck } from 'lucide-react'
import type { DomainDetail, Observation } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { commonName } from './commonName'
import { useWhen } from './when'

/** Whether what is known is good, and not just free of steps. */
export const isFine = ({ routing, certificate }: DomainDetail) =>
  routing?.state === 'ok' && (certificate?.state === 'valid' || certificate?.state === 'not_applicable')

/** Nothing is to be done, and why one may believe it. */
export function NothingToFix({ detail, observation }: { detail: DomainDetail; observation: Observation }) {
  const { t, list } = useText()
  const when = useWhen()
  const { dns, tls } = observation
  const addresses = [dns.a, dns.aaaa].flatMap((answer) => (answer.answer === 'found' ? answer.records : []))
  const own = tls.answer === 'answered' ? tls.chain[0] : undefined
  const isFromBefore = detail.routing?.failure !== null || detail.certificate?.failure !== null
  const said = [
    addresses.length > 0 && t('world.fine.routing', { addresses: list(addresses.map(({ value }) => value)) }),
    own && t('world.fine.certificate', { issuer: commonName(own.issuer), days: Math.max(when.days(own.notAfter), 0) }),
    detail.ownership?.state === 'proven' && t('world.fine.proof', { tenant: detail.domain.owner.name }),
  ]
  return (
    <section className="pane-section fine" data-testid="nothing-to-fix">
      <CircleCheck size={16} aria-hidden />
      <div>
        <h3>{t(isFromBefore ? 'world.fine.before' : 'world.fine')}</h3>
        <p className="small wrap">{said.filter(Boolean).join(' ')}</p>
      </div>
    </section>
  )
}
