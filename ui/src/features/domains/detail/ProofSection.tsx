import { Radar } from 'lucide-react'
import type { Approval, DomainDetail, ProofEvidence } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Name } from '../../../shared/Name'
import { Spinner } from '../../../shared/Spinner'
import { useText } from '../../../shared/text'
import { answerText } from './answers'
import { useProve } from './api'
import { NONE, OWNERSHIP_MARKS } from './axes'
import { Fact } from './Facts'
import { Fold } from './Fold'
import { type NameForm, RecordTable } from './RecordTable'
import { useWhen } from './when'
import { proofRecord } from './zone'

type Props = { detail: DomainDetail; form: NameForm }

/** The record that proves who rules over the domain, and what is there. Open while a proof is wanting. */
export function ProofSection({ detail, form }: Props) {
  const { t } = useText()
  const { domain, ownership, challenge, proofRequired, approval, observation } = detail
  const state = ownership?.state
  const isMet = state === 'proven' || state === 'approved'
  const { icon: Icon, tone } = state ? OWNERSHIP_MARKS[state] : NONE
  const gist = (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      {state || !proofRequired ? t(`world.ownership.${state ?? 'not_required'}`) : t('world.never')}
    </Badge>
  )
  return (
    <Fold title={t('world.proof')} gist={gist} isOpen={proofRequired && !isMet} data-testid="proof">
      <div className="stack">
        <p className="small wrap">
          {t('world.proof.text', { domain: domain.domain, tenant: domain.owner.name })}{' '}
          {!proofRequired && t('world.proof.optional')}
        </p>
        {approval && ownership && <ApprovedBy since={ownership.since} approval={approval} />}
        <RecordTable label={t('world.proof')} rows={[{ record: proofRecord(detail) }]} form={form} />
        <dl className="seen-facts">
          {observation?.proof ? (
            <Found proof={observation.proof} value={challenge.value} />
          ) : (
            <Fact term={t('world.proof.found')}>{t('world.proof.never')}</Fact>
          )}
        </dl>
        <LookForProof domain={domain.domain} />
      </div>
    </Fold>
  )
}

function ApprovedBy({ since, approval }: { since: string; approval: Approval }) {
  const { rich } = useText()
  const when = useWhen()
  const { by, reason } = approval
  return (
    <p className="small wrap" data-testid="approved">
      {rich('world.proof.approved', {
        since: when.since(since),
        by: <bdi key="by">{by}</bdi>,
        reason: <bdi key="reason">{reason}</bdi>,
      })}
    </p>
  )
}

function Found({ proof: { answer, doubled, authority }, value }: { proof: ProofEvidence; value: string }) {
  const text = useText()
  const { t, rich } = text
  const server = authority && `${authority.name}${authority.address ? ` (${authority.address})` : ''}`
  return (
    <>
      <Fact term={t('world.proof.found')}>
        {answer.answer === 'found'
          ? answer.records.map((record) =>
              record.value === value ? (
                <div key={record.value}>{t('world.proof.right')}</div>
              ) : (
                <div key={record.value}>
                  <Name mono>{record.value}</Name>
                </div>
              ),
            )
          : answerText(text, answer)}
      </Fact>
      {doubled.answer === 'found' && (
        <Fact term={t('world.proof.doubled')}>
          <RecordTable
            label={t('world.proof.doubled')}
            rows={doubled.records.map((record) => ({ record }))}
            form="full"
          />
        </Fact>
      )}
      <Fact term={t('world.proof.server')}>
        {server
          ? rich('world.proof.server.zone', {
              server: (
                <Name key="server" mono>
                  {server}
                </Name>
              ),
            })
          : t('world.proof.server.resolver')}
      </Fact>
    </>
  )
}

function LookForProof({ domain }: { domain: string }) {
  const { t } = useText()
  const prove = useProve(domain)
  return (
    <>
      {prove.isError && <ErrorView error={prove.error} />}
      <div className="row" role="status">
        <Button
          icon={prove.isPending ? <Spinner small /> : <Radar size={14} />}
          isDisabled={prove.isPending}
          onPress={() => prove.mutate()}
          data-testid="prove-now"
        >
          {t(prove.isPending ? 'world.proof.looking' : 'world.proof.look')}
        </Button>
      </div>
    </>
  )
}
