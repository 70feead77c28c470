import { getRouteApi, Link } from '@tanstack/react-router'
import type { Releases } from '../../../ipc/client'
import { CopyCell } from '../../../shared/CopyCell'
import { Name } from '../../../shared/Name'
import { Pane } from '../../../shared/Pane'
import { Empty } from '../../../shared/states'
import { useText } from '../../../shared/text'

const route = getRouteApi('/catalog/releases')

/** One release: who made it when, what it says of itself, and what it changed. */
export function ReleasePane({ number, all }: { number: number; all: Releases }) {
  const { t, number: count, time } = useText()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ release: _, ...old }) => old })
  const at = all.releases.findIndex((known) => known.number === number)
  const release = all.releases[at]
  const title = t('releases.name', { number })
  if (!release) {
    return (
      <Pane label={title} title={title} onClose={close}>
        <Empty title={t('releases.missing', { number })} />
      </Pane>
    )
  }
  const { size, contentHash, notes, releasedAt, releasedBy } = release
  const before = all.releases[at + 1]?.number
  return (
    <Pane
      label={title}
      title={title}
      subtitle={
        <>
          <span>{time(releasedAt)}</span>
          <Name>{releasedBy}</Name>
        </>
      }
      onClose={close}
      data-testid="release-detail"
    >
      <p className="pane-section release-notes selectable">
        {notes ? <bdi>{notes}</bdi> : <span className="muted">{t('releases.notes.none')}</span>}
      </p>
      <section className="pane-section stack">
        <dl className="facts">
          {(['categories', 'atoms', 'versions'] as const).map((part) => (
            <div key={part}>
              <dt>{t(`releases.${part}`)}</dt>
              <dd>{count(size[part])}</dd>
            </div>
          ))}
        </dl>
        <dl>
          <CopyCell label={t('releases.hash')} text={contentHash} />
        </dl>
      </section>
      <nav className="pane-section stack" aria-label={title}>
        {before !== undefined && (
          <Link to="/catalog/releases" search={{ before, after: number }} data-testid="release-since">
            {t('releases.since')} <span className="muted">{t('releases.since.text', { number: before })}</span>
          </Link>
        )}
        <Link to="/catalog/releases" search={{ before: number, after: 0 }}>
          {t('releases.until')}
        </Link>
        <Link to="/catalog/fleet" search={{ release: number }}>
          {t('releases.tenants')}
        </Link>
      </nav>
    </Pane>
  )
}
