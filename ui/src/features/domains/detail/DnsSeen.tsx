import type { CaaEvidence, DnsEvidence, Nameserver } from '../../../ipc/client'
import { Name } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { answerText, failureText, found } from './answers'
import { Fact } from './Facts'
import { RecordTable } from './RecordTable'

/** What DNS answered: the records, and in words what is not there. A chain leads through several zones: names are in full. */
export function DnsSeen({ dns }: { dns: DnsEvidence }) {
  const text = useText()
  const { t, list } = text
  const { a, aaaa, chain, chainEnd, caa, doubled, targetAddresses, nameservers } = dns
  const rows = [...chain, ...found(a), ...found(aaaa)].map((record) => ({ record }))
  return (
    <div className="stack">
      {rows.length > 0 && <RecordTable label={t('world.dns.records')} rows={rows} form="full" />}
      <dl className="seen-facts">
        {a.answer !== 'found' && <Fact term={t('world.dns.a')}>{answerText(text, a)}</Fact>}
        {aaaa.answer !== 'found' && <Fact term={t('world.dns.aaaa')}>{answerText(text, aaaa)}</Fact>}
        <Fact term={t('world.dns.chain')}>
          {t(`world.chain.${chainEnd.end}`)}
          {chainEnd.end === 'failed' && `: ${failureText(text, chainEnd.why)}`}
        </Fact>
        <Fact term={t('world.dns.caa')}>
          <Caa caa={caa} />
        </Fact>
        {doubled.answer === 'found' && (
          <Fact term={t('world.dns.doubled')}>
            <RecordTable
              label={t('world.dns.doubled')}
              rows={doubled.records.map((record) => ({ record }))}
              form="full"
            />
          </Fact>
        )}
        {targetAddresses.length > 0 && (
          <Fact term={t('world.dns.targets')}>
            <Name mono>{list(targetAddresses)}</Name>
          </Fact>
        )}
        {nameservers.length > 0 && (
          <Fact term={t('world.dns.servers')}>
            {nameservers.map((server) => (
              <Server key={`${server.name} ${server.address}`} server={server} />
            ))}
          </Fact>
        )}
      </dl>
    </div>
  )
}

/** Where it leads, in a few words. */
export function DnsGist({ dns: { a, aaaa } }: { dns: DnsEvidence }) {
  const text = useText()
  const addresses = [a, aaaa].flatMap(found).map(({ value }) => value)
  if (addresses.length > 0) return <span className="mono">{addresses.join(', ')}</span>
  return a.answer === 'found' ? null : answerText(text, a)
}

function Caa({ caa }: { caa: CaaEvidence }) {
  const text = useText()
  const { t, rich } = text
  if (caa.answer === 'nothing') return t('world.dns.caa.nothing')
  if (caa.answer === 'failed') return failureText(text, caa.why)
  if (caa.answer === 'not_asked') return t('world.answer.not_asked')
  return (
    <>
      <span className="muted">
        {rich('world.dns.caa.at', {
          name: (
            <Name key="name" mono>
              {caa.name}
            </Name>
          ),
        })}
      </span>
      {caa.properties.map(({ tag, value, critical }, at) => (
        <div key={at}>
          <Name mono>{`${tag} "${value}"`}</Name>{' '}
          {critical && <span className="muted">{t('world.dns.caa.critical')}</span>}
        </div>
      ))}
    </>
  )
}

function Server({ server: { name, address, failure } }: { server: Nameserver }) {
  const text = useText()
  return (
    <div>
      <Name mono>{address ? `${name} (${address})` : name}</Name>{' '}
      <span className={failure ? 'bad-ink' : 'muted'}>
        {failure ? failureText(text, failure) : text.t('world.dns.server.answers')}
      </span>
    </div>
  )
}
