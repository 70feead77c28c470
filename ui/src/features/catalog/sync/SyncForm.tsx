import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { FleetState, SchemaName } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ChoiceSelect } from '../../../shared/ChoiceSelect'
import { Filter } from '../../../shared/Filter'
import { useText } from '../../../shared/text'
import { ReleaseSelect } from '../ReleaseSelect'
import type { useSync } from './useSync'

const route = getRouteApi('/catalog/fleet/sync')
const CONFLICTS = ['keep', 'take'] as const

type Props = {
  fleet: FleetState
  /** All of them, unless they are named. */
  schemas: SchemaName[] | null
  newest: number
  sync: ReturnType<typeof useSync>
}

/** Who is brought where, and how. */
export function SyncForm({ fleet, schemas, newest, sync }: Props) {
  const { t, rich } = useText()
  const { release, conflicts, rows } = route.useSearch()
  const navigate = route.useNavigate()
  const isBusy = sync.task.status === 'running'
  const one = schemas?.length === 1 ? fleet.tenants.find(({ schema }) => schema === schemas[0]) : undefined
  const whom =
    schemas === null
      ? t('sync.whom.all', { count: fleet.tenants.filter(({ state }) => state !== 'no_tables').length })
      : one
        ? rich('sync.whom.one', { name: <bdi key="name">{one.name}</bdi> })
        : t('sync.whom.some', { count: schemas.length })
  return (
    <div className="sync-form">
      <div className="toolbar sync-whom">
        <Link to="/catalog/fleet" search={{ release }} className="button quiet" aria-label={t('sync.fleet')}>
          <ChevronLeft size={14} aria-hidden />
        </Link>
        <h2 className="cut grow">{whom}</h2>
      </div>
      <div className="toolbar">
        <span className="labelled">
          <span className="muted">{t('sync.to')}</span>
          <ReleaseSelect
            label={t('sync.to')}
            none={t('fleet.from.newest', { number: newest })}
            value={release}
            onChange={(next) => void navigate({ search: (old) => ({ ...old, release: next }) })}
            data-testid="sync-release"
          />
        </span>
        <span className="labelled">
          <span className="muted">{t('sync.conflicts')}</span>
          <ChoiceSelect
            label={t('sync.conflicts')}
            all={t('sync.conflicts.stop')}
            options={CONFLICTS.map((id) => ({ id, text: t(`sync.conflicts.${id}`) }))}
            value={conflicts}
            onChange={(id) =>
              void navigate({ search: (old) => ({ ...old, conflicts: CONFLICTS.find((known) => known === id) }) })
            }
            data-testid="sync-conflicts"
          />
        </span>
        <Filter
          label={t('sync.rows')}
          options={[
            { id: 'receipts', text: t('sync.rows.receipts') },
            { id: 'all', text: t('sync.rows.all') },
          ]}
          value={rows ?? 'receipts'}
          onChange={(id) => void navigate({ search: (old) => ({ ...old, rows: id === 'all' ? id : undefined }) })}
        />
        <span className="grow" />
        <Button
          variant={sync.how ? 'plain' : 'primary'}
          isDisabled={isBusy || schemas?.length === 0}
          onPress={sync.start}
          data-testid="sync-preview"
        >
          {t(sync.how ? 'sync.preview.again' : 'sync.preview')}
        </Button>
      </div>
    </div>
  )
}
