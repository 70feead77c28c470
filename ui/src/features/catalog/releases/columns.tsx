import { DoorOpen } from 'lucide-react'
import { useMemo } from 'react'
import type { Release, Releases } from '../../../ipc/client'
import type { GridColumn } from '../../../shared/DataGrid'
import { CutName } from '../../../shared/Name'
import { CopyButton } from '../../../shared/SqlText'
import { useText } from '../../../shared/text'

/** So much of a hash tells releases apart. */
export const HASH = 12

export function useReleaseColumns({ releases, start }: Releases): GridColumn<Release>[] {
  const { t, number: count, time } = useText()
  const startsAt = start ?? releases[0]?.number
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('releases.number'),
        width: '96px',
        value: ({ number }) => number,
        cell: ({ number }) => (
          <span className="row">
            <span className="strong">{count(number)}</span>
            {number === startsAt && (
              <span className="badge accent" title={t('releases.start.here')}>
                <DoorOpen size={14} role="img" aria-label={t('releases.start.here')} />
              </span>
            )}
          </span>
        ),
      },
      {
        id: 'at',
        header: t('releases.at'),
        width: '176px',
        hideBelow: 420,
        value: ({ releasedAt }) => releasedAt,
        cell: ({ releasedAt }) => time(releasedAt),
      },
      {
        id: 'by',
        header: t('releases.by'),
        width: 'minmax(70px, 0.7fr)',
        hideBelow: 620,
        value: ({ releasedBy }) => releasedBy,
        cell: ({ releasedBy }) => <CutName>{releasedBy}</CutName>,
      },
      {
        id: 'atoms',
        header: t('releases.atoms'),
        width: '76px',
        align: 'end',
        value: ({ size }) => size.atoms,
        cell: ({ size }) => count(size.atoms),
      },
      {
        id: 'versions',
        header: t('releases.versions'),
        width: '84px',
        align: 'end',
        value: ({ size }) => size.versions,
        cell: ({ size }) => count(size.versions),
      },
      {
        id: 'hash',
        header: t('releases.hash'),
        width: '150px',
        hideBelow: 760,
        value: ({ contentHash }) => contentHash,
        cell: ({ number, contentHash }) => (
          <span className="hash">
            <span className="mono selectable" title={contentHash}>
              {contentHash.slice(0, HASH)}
            </span>
            <CopyButton text={contentHash} label={t('releases.hash.copy', { number })} isQuiet />
          </span>
        ),
      },
      {
        id: 'notes',
        header: t('releases.notes'),
        width: 'minmax(120px, 2fr)',
        hideBelow: 520,
        value: ({ notes }) => notes || null,
        cell: ({ notes }) => (notes ? <CutName>{notes}</CutName> : <span className="muted">–</span>),
      },
    ],
    [t, count, time, startsAt],
  )
}
