import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import type { Certificate, ChainVerdict, TlsEvidence } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { Mono, Name } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { commonName } from './commonName'
import { Fact } from './Facts'
import { useWhen } from './when'

/** What answered the handshake: who, with which certificates, and what browsers make of them. */
export function TlsSeen({ tls }: { tls: TlsEvidence }) {
  const { t } = useText()
  if (tls.answer === 'not_asked' || tls.answer === 'no_address') return <p>{t(`world.tls.${tls.answer}`)}</p>
  return (
    <>
      <dl className="seen-facts">
        <Fact term={t('world.tls.server')}>
          <Name mono>{tls.server}</Name>
        </Fact>
        {tls.answer === 'failed' ? (
          <Fact term={t('world.tls.failed')}>{t(`world.handshake.${tls.why.failure}`, tls.why)}</Fact>
        ) : (
          <Fact term={t('world.tls.verdict')}>
            <Verdict verdict={tls.verdict} />
          </Fact>
        )}
      </dl>
      {tls.answer === 'answered' && (
        <ol className="chain">
          {tls.chain.map((certificate, at) => (
            <li key={certificate.fingerprint}>
              <h4 className="small muted">{t(at === 0 ? 'world.tls.own' : 'world.tls.sent')}</h4>
              <CertificateFacts certificate={certificate} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

/** Whose it is and how long it holds, in a few words. */
export function TlsGist({ tls }: { tls: TlsEvidence }) {
  const { t } = useText()
  const own = tls.answer === 'answered' ? tls.chain[0] : undefined
  if (!own) return t('world.tls.none')
  return (
    <>
      {own.selfIssued ? t('world.certificate.self_signed') : commonName(own.issuer)}, <Left until={own.notAfter} />
    </>
  )
}

function Verdict({ verdict }: { verdict: ChainVerdict }) {
  const { t } = useText()
  const tone = verdict.verdict === 'trusted' ? 'good' : verdict.verdict === 'not_judged' ? 'note' : 'bad'
  const Icon = { good: CircleCheck, note: CircleHelp, bad: CircleX }[tone]
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      <span className="wrap">{t(`world.verdict.${verdict.verdict}`, verdict)}</span>
    </Badge>
  )
}

function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const { t } = useText()
  const { subject, issuer, selfIssued, names, namesInAll, notBefore, notAfter, fingerprint } = certificate
  const more = namesInAll - names.length
  return (
    <dl className="seen-facts">
      <Fact term={t('world.tls.subject')}>
        <Name>{subject}</Name>
      </Fact>
      <Fact term={t('world.tls.issuer')}>{selfIssued ? t('world.tls.self') : <Name>{issuer}</Name>}</Fact>
      {names.length > 0 && (
        <Fact term={t('world.tls.names')}>
          <Mono>{names.join(', ')}</Mono>
          {more > 0 && <span className="muted"> {t('world.tls.names.more', { count: more })}</span>}
        </Fact>
      )}
      <Fact term={t('world.tls.valid')}>
        <Validity from={notBefore} until={notAfter} />
      </Fact>
      <Fact term={t('world.tls.fingerprint')}>
        <span className="muted">
          <Mono>{fingerprint}</Mono>
        </span>
      </Fact>
    </dl>
  )
}

function Validity({ from, until }: { from: string; until: string }) {
  const { t, time } = useText()
  const when = useWhen()
  return (
    <span title={`${time(from)} – ${time(until)}`}>
      {t('world.tls.valid.range', { from: when.day(from), until: when.day(until) })}, <Left until={until} />
    </span>
  )
}

/** How many days it still holds, or since how many it does not. */
function Left({ until }: { until: string }) {
  const { t } = useText()
  const when = useWhen()
  const isPast = when.isPast(until)
  const days = Math.abs(when.days(until))
  return (
    <span className={isPast ? 'bad-ink' : undefined}>{t(isPast ? 'world.tls.ended' : 'world.tls.days', { days })}</span>
  )
}
