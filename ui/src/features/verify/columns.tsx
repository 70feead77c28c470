import { useMemo } from 'react'
import type { TenantReport } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { VerdictMark } from '../../shared/VerdictMark'
import { WORST_FIRST } from './CheckList'

export function useReportColumns(): GridColumn<TenantReport>[] {
  const { t, list } = useText()
  return useMemo(() => {
    const found = ({ checks }: TenantReport) => {
      const names = checks.filter(({ verdict }) => verdict !== 'passed').map(({ check }) => t(`check.short.${check}`))
      return names.length === 0 ? null : list(names)
    }
    return [
      {
        id: 'verdict',
        header: t('verify.verdict'),
        width: '128px',
        value: ({ verdict }) => WORST_FIRST[verdict],
        cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
      },
      {
        id: 'name',
        header: t('verify.tenant'),
        width: 'minmax(140px, 1.4fr)',
        value: ({ tenant }) => tenant.name,
        cell: ({ tenant }) => <CutName>{tenant.name}</CutName>,
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 620,
        value: ({ tenant }) => tenant.schema,
        cell: ({ tenant }) => <CutName mono>{tenant.schema}</CutName>,
      },
      {
        id: 'found',
        header: t('verify.found'),
        width: 'minmax(140px, 1.6fr)',
        hideBelow: 420,
        value: found,
        cell: (report) => {
          const what = found(report)
          return what ? <CutName>{what}</CutName> : <span className="muted cut">{t('verify.found.nothing')}</span>
        },
      },
    ]
  }, [t, list])
}
