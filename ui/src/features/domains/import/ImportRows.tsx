import { getRouteApi } from '@tanstack/react-router'
import { FolderOpen, PencilLine, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../shared/Button'
import { CutName } from '../../../shared/Name'
import { Pane } from '../../../shared/Pane'
import { Loading } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useImportTable, useReadAgain } from './api'
import type { Draft } from './draft'
import { ImportTableView } from './ImportTableView'
import { Unusable } from './Unusable'

const route = getRouteApi('/domains/import')

type Props = { draft: Draft; above: ReactNode; onChoose: () => void; onClose: () => void }

/** What was read, with a verdict on every row; or why nothing could be read. */
export function ImportRows({ draft, above, onChoose, onClose }: Props) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const table = useImportTable(draft)
  const readAgain = useReadAgain()
  const back = () => void navigate({ search: {} })
  const frame: FrameProps = {
    above,
    onClose,
    subtitle: (
      <>
        {draft.name ? <CutName mono>{draft.name}</CutName> : <span>{t('import.pasted')}</span>}
        {table.data && <span className="muted">{t('import.rows', { count: table.data.rows.length })}</span>}
      </>
    ),
    actions: (
      <>
        {draft.source?.from === 'file' ? (
          <Button icon={<RotateCw size={14} />} onPress={readAgain} isDisabled={table.isFetching}>
            {t('import.again')}
          </Button>
        ) : (
          <Button icon={<PencilLine size={14} />} onPress={back} data-testid="import-back">
            {t('import.back')}
          </Button>
        )}
        <Button icon={<FolderOpen size={14} />} onPress={onChoose} data-testid="import-choose">
          {t('import.choose')}
        </Button>
      </>
    ),
  }
  if (table.data)
    return <ImportTableView key={draft.id} table={table.data} error={table.error} draft={draft} frame={frame} />
  return (
    <Frame {...frame}>
      {table.isError ? <Unusable name={draft.name} error={table.error} /> : <Loading label={t('import.reading')} />}
    </Frame>
  )
}

export type FrameProps = { subtitle: ReactNode; actions: ReactNode; above: ReactNode; onClose: () => void }

/** What stands around the rows, whatever can be said of them. */
export function Frame({ above, children, ...of }: FrameProps & { children: ReactNode; footer?: ReactNode }) {
  const { t } = useText()
  return (
    <Pane label={t('import.title')} title={t('import.title')} data-testid="import-screen" {...of}>
      {above}
      {children}
    </Pane>
  )
}
