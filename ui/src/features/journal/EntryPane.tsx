import { getRouteApi, Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import type { Entry } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Loaded } from '../../shared/Loaded'
import { Name } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { ChangeList } from '../plan/ChangeList'
import { useEntry } from './api'
import { kindText } from './kind'
import { useUndo } from './undo'

const route = getRouteApi('/journal')

/** One operation, with its changes in words, and the way back from it. */
export function EntryPane({ of }: { of: { seq: number } | { operation: string } }) {
  const { t } = useText()
  const query = useEntry(of)
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ entry: _, operation: __, ...old }) => old })
  const label = t('journal.panel')
  if (query.data) return <Known entry={query.data} onClose={close} />
  return (
    <Pane label={label} title={label} onClose={close}>
      <Loaded query={query}>{() => <Empty title={t('journal.missing')} />}</Loaded>
    </Pane>
  )
}

function Known({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const text = useText()
  const { t, rich, time, number } = text
  const { undo } = useUndo()
  const { id, seq, kind, subject, actor, origin, appliedAt, changes, canUndo, undoneBy } = entry
  return (
    <Pane
      label={t('journal.entry', { seq: number(seq) })}
      title={kindText(text, kind)}
      subtitle={<span className="muted">{t('journal.entry', { seq: number(seq) })}</span>}
      actions={
        canUndo && (
          <Button icon={<Undo2 size={14} />} onPress={() => undo(entry)} data-testid="undo">
            {t('undo.button')}
          </Button>
        )
      }
      onClose={onClose}
      data-testid="journal-detail"
    >
      {undoneBy !== null && (
        <div className="pane-section">
          <Notice
            tone="note"
            title={rich('journal.undone', {
              by: (
                <Link key="by" to="/journal" search={{ operation: undoneBy }} data-testid="undone-by">
                  {t('journal.undone.by')}
                </Link>
              ),
            })}
          />
        </div>
      )}
      <dl className="pane-section facts">
        <div>
          <dt>{t('journal.subject')}</dt>
          <dd className="wrap">
            <Subject name={subject} />
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

function Subject({ name }: { name: string }) {
  const { t } = useText()
  if (name === 'catalog') return <Link to="/catalog">{t('journal.subject.catalog')}</Link>
  if (name === 'blueprint') return <Link to="/blueprint">{t('journal.subject.blueprint')}</Link>
  return (
    <Link to="/tenants" search={{ tenant: name }}>
      <bdi className="mono">{name}</bdi>
    </Link>
  )
}
