import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, CircleOff } from 'lucide-react'
import type { MasterCatalog, MasterVersion } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'

const route = getRouteApi('/catalog')

/** One atom of the master catalog, with its versions. */
export function AtomPane({ slug, catalog }: { slug: string; catalog: MasterCatalog }) {
  const { t, rich } = useText()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: ({ atom: _, ...old }) => old })
  const atom = catalog.atoms.find((known) => known.slug === slug)
  if (!atom) {
    return (
      <Pane label={t('catalog.atom')} title={<Name mono>{slug}</Name>} onClose={close}>
        <Empty title={rich('catalog.missing', { slug: <bdi>{slug}</bdi> })} />
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
      {atom.versions.map((version) => (
        <Version key={version.version} version={version} />
      ))}
    </Pane>
  )
}

function Version({
  version: { version, releaseDate, releaseNotes, configSchema, isActive },
}: {
  version: MasterVersion
}) {
  const { t, rich, day } = useText()
  const Icon = isActive ? CircleCheck : CircleOff
  return (
    <section className="pane-section stack">
      <h3 className="row">
        <span className="grow">{rich('catalog.version', { version: <bdi>{version}</bdi> })}</span>
        <Badge tone={isActive ? 'good' : 'plain'} icon={<Icon size={14} aria-hidden />}>
          {t(isActive ? 'catalog.version.active' : 'catalog.version.inactive')}
        </Badge>
      </h3>
      {releaseDate && <p className="muted">{t('catalog.version.released', { date: day(releaseDate) })}</p>}
      {releaseNotes && (
        <p className="wrap selectable">
          <bdi>{releaseNotes}</bdi>
        </p>
      )}
      {!isBlank(configSchema) && (
        <details>
          <summary className="muted small">{t('catalog.version.schema')}</summary>
          <pre className="code mono selectable">{pretty(configSchema)}</pre>
        </details>
      )}
    </section>
  )
}

const isBlank = (json: string) => json.trim() === '' || json.trim() === '{}'

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
