import { getRouteApi } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { TrashedTenant } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { Button } from '../../shared/Button'
import { Name } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { Pane } from '../../shared/Pane'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { useTrash } from './api'
import { useTrashActions } from './trashActions'

const route = getRouteApi('/tenants')

/** A deleted tenant: what is kept of it, and the two ways on. */
export function TrashPane({ name }: { name: string }) {
  const { t } = useText()
  const trash = useTrash().data
  const navigate = route.useNavigate()
  const act = useTrashActions()
  const close = () => void navigate({ search: ({ trash: _, ...old }) => old })
  const tenant = trash?.find((known) => known.trash === name)
  if (!tenant) {
    return (
      <Pane label={t('trash.panel')} title={<Name mono>{name}</Name>} onClose={close} data-testid="trash-detail">
        {trash && <Empty title={t('trash.missing')}>{t('trash.missing.text')}</Empty>}
      </Pane>
    )
  }
  return (
    <Pane
      label={t('trash.panel')}
      title={<Name>{tenant.name}</Name>}
      subtitle={
        <>
          <Name mono>{tenant.schema}</Name>
          <Badge icon={<Trash2 size={14} aria-hidden />}>{t('trash.state')}</Badge>
        </>
      }
      onClose={close}
      footer={
        <>
          <Button variant="danger" onPress={() => act('purge', tenant)} data-testid="trash-purge">
            {t('trash.purge')}
          </Button>
          <span className="grow" />
          <Button
            variant="primary"
            isDisabled={tenant.purging}
            onPress={() => act('restore', tenant)}
            data-testid="trash-restore"
          >
            {t('trash.restore')}
          </Button>
        </>
      }
      data-testid="trash-detail"
    >
      {tenant.purging && (
        <div className="pane-section">
          <Notice tone="note" title={t('trash.purging')} />
        </div>
      )}
      <Facts tenant={tenant} />
    </Pane>
  )
}

function Facts({ tenant }: { tenant: TrashedTenant }) {
  const { t, time, number } = useText()
  const { trash, schema, domains, tables, deletedAt, deletedBy } = tenant
  const facts = [
    [t('trash.when'), time(deletedAt)],
    [t('trash.by'), deletedBy],
    [t('trash.schema'), schema],
    [t('trash.in'), trash],
    [t('trash.tables'), number(tables)],
  ]
  return (
    <dl className="pane-section facts">
      {facts.map(([term = '', value = '']) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="wrap">
            <Name>{value}</Name>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('trash.domains')}</dt>
        <dd className="wrap">
          {domains.length === 0 ? (
            <span className="muted">{t('trash.domains.none')}</span>
          ) : (
            domains.map((domain) => (
              <div key={domain}>
                <bdi className="mono selectable">{domain}</bdi>
              </div>
            ))
          )}
        </dd>
      </div>
    </dl>
  )
}
