import { getRouteApi, Link } from '@tanstack/react-router'
import type { Entry } from '../../ipc/client'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { ChangeList } from '../plan/ChangeList'
import { kindText } from './kind'

const route = getRouteApi('/journal')

/** One operation, with its changes in words. */
export function EntryPane({ seq, entries }: { seq: number; entries: Entry[] }) {
  const text = useText()
  const { t, time, number } = text
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ entry: _, ...old }) => old })
  const entry = entries.find((known) => known.seq === seq)
  if (!entry) {
    return (
      <Pane label={t('journal.grid')} title={t('journal.entry', { seq: number(seq) })} onClose={close}>
        <Empty title={t('journal.missing', { seq: number(seq) })} />
      </Pane>
    )
  }
  const { id, kind, subject, actor, origin, appliedAt, changes } = entry
  return (
    <Pane
      label={t('journal.entry', { seq: number(seq) })}
      title={kindText(text, kind)}
      subtitle={<span className="muted">{t('journal.entry', { seq: number(seq) })}</span>}
      onClose={close}
      data-testid="journal-detail"
    >
      <dl className="pane-section facts">
        <div>
          <dt>{t('journal.subject')}</dt>
          <dd className="wrap">
            {subject === 'catalog' ? (
              <Link to="/catalog">{t('journal.subject.catalog')}</Link>
            ) : (
              <Link to="/tenants" search={{ tenant: subject }}>
                <bdi className="mono">{subject}</bdi>
              </Link>
            )}
          </dd>
        </div>
        {[
          [t('journal.time'), time(appliedAt)],
          [t('journal.actor'), actor],
          [t('journal.origin'), origin],
          [t('journal.id'), id],
        ].map(([term = '', value = '']) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="wrap">
              <Name>{value}</Name>
            </dd>
          </div>
        ))}
      </dl>
      <section className="pane-section">
        <h3>{t('journal.changes')}</h3>
        {changes.length === 0 ? <p className="muted">{t('journal.unknown')}</p> : <ChangeList changes={changes} />}
      </section>
    </Pane>
  )
}
