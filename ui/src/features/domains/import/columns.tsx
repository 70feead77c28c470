import { useMemo } from 'react'
import type { GridColumn } from '../../../shared/DataGrid'
import { Door } from '../../../shared/Door'
import { CutName } from '../../../shared/Name'
import { useText } from '../../../shared/text'
import { IMPORT_STATES, type Row } from './rowState'
import { whyOf } from './rowWords'
import { StateMark } from './StateMark'

export function useImportColumns(): GridColumn<Row>[] {
  const text = useText()
  return useMemo(() => {
    const { t, number } = text
    return [
      {
        id: 'line',
        header: t('import.line'),
        width: '64px',
        align: 'end',
        value: ({ place }) => place,
        cell: ({ asked }) => <span className="muted">{number(asked.line)}</span>,
      },
      {
        id: 'domain',
        header: t('import.domain'),
        width: 'minmax(150px, 1.3fr)',
        value: ({ check }) => check.name?.stored ?? check.input,
        cell: ({ check, asked }) => (
          <span className="domain-name">
            {asked.primary && <Door lit />}
            <CutName mono>{check.name?.stored ?? check.input}</CutName>
            {asked.primary && <span className="hidden-visually">{t('import.asked.primary')}</span>}
          </span>
        ),
      },
      {
        id: 'tenant',
        header: t('import.of'),
        width: 'minmax(100px, 1fr)',
        hideBelow: 480,
        value: ({ check, asked }) => check.tenant?.name ?? asked.tenant,
        cell: ({ check, asked }) =>
          check.tenant ? <CutName>{check.tenant.name}</CutName> : <CutName mono>{asked.tenant}</CutName>,
      },
      {
        id: 'state',
        header: t('import.state'),
        width: '152px',
        value: ({ state }) => IMPORT_STATES.indexOf(state),
        cell: ({ state }) => <StateMark state={state} />,
      },
      {
        id: 'why',
        header: t('import.why'),
        width: 'minmax(160px, 1.8fr)',
        hideBelow: 640,
        value: ({ state }) => IMPORT_STATES.indexOf(state),
        cell: (row) => (
          <span className="import-why">
            {whyOf(text, row, ({ name }) => (
              <bdi>{name}</bdi>
            ))}
          </span>
        ),
      },
    ]
  }, [text])
}
