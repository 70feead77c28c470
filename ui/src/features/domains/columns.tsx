import { Ellipsis } from 'lucide-react'
import { useMemo } from 'react'
import type { ListedDomain } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { OwnerLink } from '../../shared/OwnerLink'
import { useText } from '../../shared/text'
import { DomainForms, DomainStateMark, KindMark } from './DomainMarks'

type OpenMenu = (domain: ListedDomain, at: { x: number; y: number }) => void

/** The engine sorts, so that the columns need no values. */
const value = () => null

export function useDomainColumns(onMenu: OpenMenu): GridColumn<ListedDomain>[] {
  const { t, time } = useText()
  return useMemo(
    () => [
      {
        id: 'domain',
        header: t('domains.domain'),
        width: 'minmax(170px, 2fr)',
        value,
        cell: (row) => <DomainForms {...row} />,
      },
      {
        id: 'tenant',
        header: t('domains.tenant'),
        width: 'minmax(120px, 1.5fr)',
        hideBelow: 340,
        value,
        cell: ({ owner }) => (
          <span className="cut">
            <OwnerLink owner={owner} />
          </span>
        ),
      },
      {
        id: 'kind',
        header: t('domains.kind'),
        width: '128px',
        hideBelow: 560,
        value,
        cell: (row) => <KindMark {...row} />,
      },
      {
        id: 'state',
        header: t('domains.state'),
        width: '128px',
        hideBelow: 430,
        value,
        cell: ({ state }) => <DomainStateMark state={state} />,
      },
      {
        id: 'checked',
        header: t('domains.checked'),
        width: '172px',
        hideBelow: 880,
        value,
        cell: ({ checkedAt }) => (
          <span className="muted">{checkedAt ? time(checkedAt) : t('domains.checked.never')}</span>
        ),
      },
      {
        id: 'more',
        header: '',
        width: '40px',
        value,
        cell: (row) => <MoreButton domain={row} onMenu={onMenu} />,
      },
    ],
    [t, time, onMenu],
  )
}

function MoreButton({ domain, onMenu }: { domain: ListedDomain; onMenu: OpenMenu }) {
  const { t } = useText()
  return (
    <button
      type="button"
      className="button quiet icon-only"
      tabIndex={-1}
      aria-label={t('domains.menu', { domain: domain.unicode })}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation()
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        onMenu(domain, { x: left, y: bottom })
      }}
      data-testid={`more-${domain.domain}`}
    >
      <Ellipsis size={14} aria-hidden />
    </button>
  )
}
