import type { Challenge } from '../../../ipc/client'
import { CopyCell } from '../../../shared/CopyCell'
import { Field } from '../../../shared/Field'
import { useText } from '../../../shared/text'

type Props = { proof: Challenge; reason: string; onReason: (reason: string) => void }

/** The record that would prove a domain, and the place for a reason to do without it. */
export function ProofNeeded({ proof, reason, onReason }: Props) {
  const { t } = useText()
  return (
    <section className="proof" aria-label={t('proof.title')} data-testid="domain-proof">
      <ProofRecord proof={proof} />
      <Field
        name="approval"
        label={t('proof.reason')}
        value={reason}
        onChange={onReason}
        hint={t('proof.reason.hint')}
        data-testid="approval"
      />
    </section>
  )
}

/** The record that proves who rules over a domain, each of its cells to be copied. */
export function ProofRecord({ proof }: { proof: Challenge }) {
  const { t } = useText()
  return (
    <>
      <p className="small muted">{t('proof.text')}</p>
      <dl className="records">
        <div className="copy-cell">
          <dt>{t('proof.type')}</dt>
          <dd className="mono">TXT</dd>
        </div>
        <CopyCell label={t('proof.record')} text={proof.record} />
        <CopyCell label={t('proof.value')} text={proof.value} />
      </dl>
    </>
  )
}
