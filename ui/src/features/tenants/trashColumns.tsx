import { useMemo } from 'react'
import type { TrashedTenant } from '../../ipc/client'
import { Button } from '../../shared/Button'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { useTrashActions } from './trashActions'

export function useTrashColumns(): GridColumn<TrashedTenant>[] {
  const { t, time } = useText()
  const act = useTrashActions()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('tenants.name'),
        width: 'minmax(130px, 1.6fr)',
        value: ({ name }) => name,
        cell: ({ name }) => <CutName>{name}</CutName>,
      },
      {
        id: 'schema',
        header: t('trash.schema'),
        width: 'minmax(110px, 1.2fr)',
        hideBelow: 480,
        value: ({ schema }) => schema,
        cell: ({ schema }) => <CutName mono>{schema}</CutName>,
      },
      {
        id: 'domains',
        header: t('trash.domains'),
        width: 'minmax(110px, 1.4fr)',
        hideBelow: 760,
        value: ({ domains }) => domains.join(' '),
        cell: ({ domains }) =>
          domains.length > 0 ? (
            <CutName mono>{domains.join(', ')}</CutName>
          ) : (
            <span className="muted">{t('trash.domains.none')}</span>
          ),
      },
      {
        id: 'when',
        header: t('trash.when'),
        width: '176px',
        hideBelow: 620,
        value: ({ deletedAt }) => Date.parse(deletedAt),
        cell: ({ deletedAt }) => <span className="muted">{time(deletedAt)}</span>,
      },
      {
        id: 'by',
        header: t('trash.by'),
        width: 'minmax(80px, 0.8fr)',
        hideBelow: 900,
        value: ({ deletedBy }) => deletedBy,
        cell: ({ deletedBy }) => <CutName>{deletedBy}</CutName>,
      },
      {
        id: 'actions',
        header: '',
        width: '166px',
        align: 'end',
        value: () => null,
        cell: (tenant) => (
          <span className="row-actions">
            {(['restore', 'purge'] as const).map((action) => (
              <Button
                key={action}
                variant="quiet"
                excludeFromTabOrder
                isDisabled={action === 'restore' && tenant.purging}
                aria-label={t(`trash.${action}.label`, { name: tenant.name })}
                onPress={() => act(action, tenant)}
                data-testid={`${action}-${tenant.schema}`}
              >
                {t(`trash.${action}`)}
              </Button>
            ))}
          </span>
        ),
      },
    ],
    [t, time, act],
  )
}
