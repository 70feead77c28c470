import type { Held } from '../../../ipc/client'
import { Door } from '../../../shared/Door'
import { useText } from '../../../shared/text'

/** Since when a tenant has a name, by whom, and as what. */
export function ConflictFacts({ held }: { held: Held }) {
  const { t, time, number } = useText()
  const { owner, primary, since, by, domains } = held
  const facts = [
    ['owner', <bdi key="owner">{owner.name}</bdi>],
    [
      'as',
      <span key="as" className="domain-name">
        <Door lit={primary} />
        {t(primary ? 'conflict.as.primary' : 'conflict.as.alias')}
      </span>,
    ],
    ['since', since ? time(since) : t('conflict.since.unknown')],
    ['by', by ? <bdi key="by">{by}</bdi> : t('conflict.by.application')],
    ['domains', number(domains)],
  ] as const
  return (
    <dl className="domain-facts" aria-label={t('conflict.facts')}>
      {facts.map(([id, value]) => (
        <div key={id} className="domain-fact">
          <dt>{t(`conflict.${id}`)}</dt>
          <dd className="wrap selectable">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
