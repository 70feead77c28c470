import { Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import type { Entry } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { kindText } from './kind'

export function useEntryColumns(): GridColumn<Entry>[] {
  const text = useText()
  return useMemo(() => {
    const { t, number, time } = text
    return [
      {
        id: 'seq',
        header: t('journal.seq'),
        width: '64px',
        align: 'end',
        value: ({ seq }) => seq,
        cell: ({ seq }) => <span className="muted">{number(seq)}</span>,
      },
      {
        id: 'time',
        header: t('journal.time'),
        width: '176px',
        hideBelow: 420,
        value: ({ appliedAt }) => appliedAt,
        cell: ({ appliedAt }) => time(appliedAt),
      },
      {
        id: 'kind',
        header: t('journal.kind'),
        width: 'minmax(150px, 1.2fr)',
        value: ({ kind }) => kindText(text, kind),
        cell: ({ kind, undoneBy }) => (
          <span className="row cut">
            {undoneBy === null ? (
              <CutName>{kindText(text, kind)}</CutName>
            ) : (
              <>
                <s className="cut muted">{kindText(text, kind)}</s>
                <Undo2 size={12} aria-label={t('journal.undone.short')} />
              </>
            )}
          </span>
        ),
      },
      {
        id: 'subject',
        header: t('journal.subject'),
        width: 'minmax(120px, 1.4fr)',
        value: ({ subject }) => subject,
        cell: ({ subject }) => <CutName mono>{subject}</CutName>,
      },
      {
        id: 'actor',
        header: t('journal.actor'),
        width: 'minmax(90px, 0.8fr)',
        hideBelow: 700,
        value: ({ actor }) => actor,
        cell: ({ actor }) => <CutName>{actor}</CutName>,
      },
      {
        id: 'origin',
        header: t('journal.origin'),
        width: 'minmax(120px, 1.2fr)',
        hideBelow: 820,
        value: ({ origin }) => origin,
        cell: ({ origin }) => (
          <span className="cut muted">
            <CutName>{origin}</CutName>
          </span>
        ),
      },
    ]
  }, [text])
}
