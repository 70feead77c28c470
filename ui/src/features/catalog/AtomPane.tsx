import { getRouteApi } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import type { MasterAtom, MasterVersion } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { UsageSection } from './master/UsageSection'
import { VersionState } from './master/VersionState'
import { isBlankSchema, newestFirst, pretty } from './master/versions'

const route = getRouteApi('/catalog')

/** One atom of the master catalog: its versions, who uses it, and what can be done with it. */
export function AtomPane({ slug, atom }: { slug: string; atom: MasterAtom | undefined }) {
  const { t, rich } = useText()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ atom: _, ...old }) => old })
  const open = (panel: 'edit' | 'retire') => () => void navigate({ search: (old) => ({ ...old, panel }) })
  if (!atom) {
    return (
      <Pane label={t('catalog.atom')} title={<Name mono>{slug}</Name>} onClose={close}>
        <Empty
          title={rich('catalog.missing', { slug: <bdi key="slug">{slug}</bdi> })}
          actions={
            <Button onPress={open('retire')} data-testid="atom-remove">
              {t('master.remove.tenants')}
            </Button>
          }
        >
          {t('catalog.missing.text')}
        </Empty>
      </Pane>
    )
  }
  return (
    <Pane
      label={t('catalog.atom')}
      title={<Name>{atom.name}</Name>}
      subtitle={
        <>
          <Name mono>{atom.slug}</Name>
          <bdi className="muted">{atom.category}</bdi>
        </>
      }
      actions={
        <>
          <Button icon={<Pencil size={14} />} onPress={open('edit')} data-testid="atom-edit">
            {t('master.edit')}
          </Button>
          <Button icon={<Trash2 size={14} />} onPress={open('retire')} data-testid="atom-remove">
            {t('master.remove')}
          </Button>
        </>
      }
      onClose={close}
      data-testid="atom-detail"
    >
      <p className="pane-section wrap selectable">
        {atom.description ? (
          <bdi>{atom.description}</bdi>
        ) : (
          <span className="muted">{t('catalog.description.none')}</span>
        )}
      </p>
      {newestFirst(atom.versions).map((version) => (
        <Version key={version.version} version={version} />
      ))}
      <UsageSection slug={slug} />
    </Pane>
  )
}

function Version({
  version: { version, releaseDate, releaseNotes, configSchema, isActive },
}: {
  version: MasterVersion
}) {
  const { t, rich, day } = useText()
  return (
    <section className="pane-section stack">
      <h3 className="row">
        <span className="grow">{rich('catalog.version', { version: <bdi key="version">{version}</bdi> })}</span>
        <VersionState isActive={isActive} />
      </h3>
      {releaseDate && <p className="muted">{t('catalog.version.released', { date: day(releaseDate) })}</p>}
      {releaseNotes && (
        <p className="wrap selectable">
          <bdi>{releaseNotes}</bdi>
        </p>
      )}
      {!isBlankSchema(configSchema) && (
        <details>
          <summary className="muted small">{t('catalog.version.schema')}</summary>
          <pre className="code mono selectable">{pretty(configSchema)}</pre>
        </details>
      )}
    </section>
  )
}
