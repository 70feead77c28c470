import { useMemo } from 'react'
import type { Health, TenantHealth } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { swatchOf } from './GroupBar'
import { StateMark } from './StateMark'
import { groupName, kindsOf, rankOf, stateOf } from './words'

export function useHealthColumns({ groups }: Health): GridColumn<TenantHealth>[] {
  const { t } = useText()
  return useMemo(() => {
    const found = (tenant: TenantHealth) =>
      kindsOf(tenant)
        .map((kind) => t(`symptom.${kind}`))
        .join(' · ') || null
    return [
      {
        id: 'state',
        header: t('health.severity'),
        width: '132px',
        value: rankOf,
        cell: (tenant) => <StateMark state={stateOf(tenant)} />,
      },
      {
        id: 'name',
        header: t('health.tenant'),
        width: 'minmax(130px, 1.2fr)',
        value: ({ name }) => name,
        cell: ({ name }) => <CutName>{name}</CutName>,
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 720,
        value: ({ schema }) => schema,
        cell: ({ schema }) => <CutName mono>{schema}</CutName>,
      },
      {
        id: 'group',
        header: t('health.group'),
        width: '108px',
        hideBelow: 560,
        value: ({ group }) => group,
        cell: ({ group }) =>
          group === null ? (
            <span className="muted">{t('health.group.none')}</span>
          ) : (
            <>
              <span className={swatchOf(groups, group)} aria-hidden />
              <span className="health-group">{groupName(group)}</span>
            </>
          ),
      },
      {
        id: 'found',
        header: t('health.findings'),
        width: 'minmax(150px, 2fr)',
        hideBelow: 420,
        value: found,
        cell: (tenant) => {
          const what = found(tenant)
          return what ? <CutName>{what}</CutName> : <span className="muted">–</span>
        },
      },
    ]
  }, [t, groups])
}
