import { useMemo } from 'react'
import { COPY_STATES } from '../../../app/search'
import type { TenantCopy } from '../../../ipc/client'
import type { GridColumn } from '../../../shared/DataGrid'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { CopyMark } from './CopyMark'

const NUMBERS = [
  { id: 'pending', hideBelow: 560 },
  { id: 'edited', hideBelow: 640 },
  { id: 'own', hideBelow: 780 },
  { id: 'conflicts', hideBelow: 480 },
] as const

export function useCopyColumns(): GridColumn<TenantCopy>[] {
  const { t, number, time } = useText()
  return useMemo(() => {
    const counts = NUMBERS.map(
      ({ id, hideBelow }): GridColumn<TenantCopy> => ({
        id,
        header: t(`fleet.${id}`),
        width: '84px',
        align: 'end',
        hideBelow,
        value: (copy) => copy[id],
        cell: (copy) => (copy[id] > 0 ? number(copy[id]) : <span className="muted">–</span>),
      }),
    )
    return [
      {
        id: 'state',
        header: t('fleet.state'),
        width: '124px',
        value: ({ state }) => COPY_STATES.indexOf(state),
        cell: ({ state }) => <CopyMark state={state} />,
      },
      {
        id: 'name',
        header: t('fleet.tenant'),
        width: 'minmax(120px, 1.4fr)',
        value: ({ name }) => name,
        cell: ({ name }) => <CutName>{name}</CutName>,
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 940,
        value: ({ schema }) => schema,
        cell: ({ schema }) => <CutName mono>{schema}</CutName>,
      },
      {
        id: 'release',
        header: t('fleet.release'),
        width: '76px',
        align: 'end',
        hideBelow: 400,
        value: ({ release }) => release,
        cell: ({ release }) => (release === null ? <span className="muted">–</span> : number(release)),
      },
      ...counts,
      {
        id: 'compared',
        header: t('fleet.compared.at'),
        width: '176px',
        hideBelow: 860,
        value: ({ comparedAt }) => comparedAt,
        cell: ({ comparedAt }) =>
          comparedAt === null ? <span className="muted">{t('fleet.compared.never')}</span> : time(comparedAt),
      },
    ]
  }, [t, number, time])
}
