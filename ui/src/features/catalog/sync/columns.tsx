import { useMemo } from 'react'
import { SYNC_OUTCOMES } from '../../../app/search'
import type { TenantSync } from '../../../ipc/client'
import type { GridColumn } from '../../../shared/DataGrid'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { OutcomeMark, outcomeOf } from './outcomes'

const NUMBERS = [
  { id: 'inserted', hideBelow: 520 },
  { id: 'updated', hideBelow: 600 },
  { id: 'deactivated', hideBelow: 740 },
  { id: 'kept', hideBelow: 670 },
  { id: 'conflicts', hideBelow: 0 },
  { id: 'leftOut', hideBelow: 820 },
] as const

export function useSyncColumns(names: Map<string, string>): GridColumn<TenantSync>[] {
  const { t, number } = useText()
  return useMemo(() => {
    const nameOf = ({ schema }: TenantSync) => names.get(schema) ?? schema
    const words = ({ conflicts, undecided }: TenantSync['counts']) =>
      undecided > 0 && undecided < conflicts ? t('sync.undecided.of', { undecided, conflicts }) : number(conflicts)
    return [
      {
        id: 'outcome',
        header: t('sync.outcome'),
        width: '148px',
        value: (tenant) => SYNC_OUTCOMES.indexOf(outcomeOf(tenant)),
        cell: (tenant) => <OutcomeMark tenant={tenant} />,
      },
      {
        id: 'name',
        header: t('fleet.tenant'),
        width: 'minmax(110px, 1.4fr)',
        value: nameOf,
        cell: (tenant) => <CutName>{nameOf(tenant)}</CutName>,
      },
      ...NUMBERS.map(
        ({ id, hideBelow }): GridColumn<TenantSync> => ({
          id,
          header: t(`sync.${id}`),
          width: '76px',
          align: 'end',
          hideBelow,
          value: ({ counts }) => counts[id],
          cell: ({ counts }) =>
            counts[id] === 0 ? (
              <span className="muted">–</span>
            ) : id === 'conflicts' ? (
              words(counts)
            ) : (
              number(counts[id])
            ),
        }),
      ),
      {
        id: 'reason',
        header: t('sync.reason'),
        width: 'minmax(90px, 1fr)',
        hideBelow: 940,
        value: ({ outcome }) => (outcome.outcome === 'refused' ? outcome.reason : null),
        cell: ({ outcome }) => outcome.outcome === 'refused' && <CutName>{outcome.reason}</CutName>,
      },
    ]
  }, [t, number, names])
}
