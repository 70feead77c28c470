import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleDashed } from 'lucide-react'
import type { Tenant, TenantAtom, TenantCatalog } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { Button } from '../../shared/Button'
import { collator } from '../../shared/format'
import { CutName } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'

type Props = { tenant: Tenant; catalog: TenantCatalog | null; onVerify: () => void }

/** The tenant's own copy of the catalog, and what it lacks of the master. */
export function CatalogTab({ tenant, catalog, onVerify }: Props) {
  const { t } = useText()
  if (!catalog) {
    return (
      <div className="pane-section">
        <Notice
          tone="bad"
          title={t('tenant.catalog.missing')}
          actions={<Button onPress={onVerify}>{t('verify.run.tenant')}</Button>}
        >
          <p>{t('tenant.catalog.missing.text')}</p>
        </Notice>
      </div>
    )
  }
  const { atoms, lackingAtoms, lackingVersions, release } = catalog
  const newest = catalog.newest ?? 'none'
  const isComplete = lackingAtoms === 0 && lackingVersions === 0
  return (
    <>
      <div className="pane-section stack" data-testid="tenant-catalog">
        <p className="row">
          {isComplete ? (
            <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
              {t(atoms.length === 0 ? 'tenant.catalog.none' : 'tenant.catalog.complete', { newest })}
            </Badge>
          ) : (
            <Badge tone="note" icon={<CircleDashed size={14} aria-hidden />}>
              <span className="wrap-words">
                {t('tenant.catalog.lacks', { atoms: lackingAtoms, versions: lackingVersions, newest })}
              </span>
            </Badge>
          )}
          <span className="muted">
            {release === null ? t('tenant.catalog.at.none') : t('tenant.catalog.at', { release })}
          </span>
        </p>
        {catalog.newest !== null && (
          <div className="row">
            <Link
              to="/catalog/fleet"
              search={{ tenant: tenant.schema }}
              className="button plain"
              data-testid="tenant-copy"
            >
              {t('tenant.catalog.fleet')}
            </Link>
            <Link
              to="/catalog/fleet/sync"
              search={{ one: tenant.schema, rows: 'all' }}
              className="button plain"
              data-testid="tenant-sync"
            >
              {t('tenant.catalog.sync')}
            </Link>
          </div>
        )}
      </div>
      {byCategory(atoms).map(([category, its]) => (
        <section key={category} className="atom-group">
          <h3 className="group-heading">
            <bdi>{category}</bdi> <span className="muted">{its.length}</span>
          </h3>
          <ul>{its.map(atomLine)}</ul>
        </section>
      ))}
    </>
  )

  function atomLine({ slug, name, versions }: TenantAtom) {
    return (
      <li key={slug} className="atom-row">
        <CutName>{name}</CutName>
        <CutName mono>{slug}</CutName>
        <span className="atom-versions mono">
          {versions.map(({ version, isActive }) => (
            <span key={version} title={isActive ? undefined : t('tenant.catalog.inactive')}>
              {isActive ? <bdi>{version}</bdi> : <s>{version}</s>}
              {!isActive && <span className="hidden-visually">{t('tenant.catalog.inactive')}</span>}
            </span>
          ))}
        </span>
      </li>
    )
  }
}

function byCategory(atoms: TenantAtom[]): [string, TenantAtom[]][] {
  const groups = new Map<string, TenantAtom[]>()
  for (const atom of atoms) groups.set(atom.category, [...(groups.get(atom.category) ?? []), atom])
  return [...groups].sort(([a], [b]) => collator.compare(a, b))
}
