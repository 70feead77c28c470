import './many.css'
import { getRouteApi } from '@tanstack/react-router'
import { FolderOpen, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { call, commands } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { CutName } from '../../shared/Name'
import { Loading } from '../../shared/states'
import { useText } from '../../shared/text'
import { Assignment } from './Assignment'
import { useCsv, useReadAgain } from './api'
import { FileForm } from './FileForm'
import { type FrameProps, ManyFrame } from './ManyFrame'
import { UnusableFile } from './UnusableFile'

const route = getRouteApi('/tenants/csv')

/** Tenants from a file: choose it, say what its columns stand for, read every verdict, create the new ones. */
export function ManyScreen() {
  const { file } = route.useSearch()
  const navigate = route.useNavigate()
  const [failure, setFailure] = useState<unknown>(null)
  const close = () => void navigate({ to: '/tenants', search: {} })
  const read = (path: string) => void navigate({ search: { file: path } })
  async function choose() {
    setFailure(null)
    try {
      const path = await call(commands.chooseCsv())
      if (path !== null) read(path)
    } catch (error) {
      setFailure(error)
    }
  }
  const frame = { onClose: close, failure }
  const onChoose = () => void choose()
  if (file !== undefined) return <File key={file} path={file} onChoose={onChoose} {...frame} />
  return (
    <ManyFrame {...frame}>
      <FileForm onRead={read} onChoose={onChoose} />
    </ManyFrame>
  )
}

type FileProps = FrameProps & { path: string; onChoose: () => void }

function File({ path, onChoose, ...frame }: FileProps) {
  const { t } = useText()
  const csv = useCsv(path)
  const readAgain = useReadAgain(path)
  const subtitle = (
    <>
      <CutName mono>{path}</CutName>
      {csv.data && <span className="muted">{t('many.file.rows', { count: csv.data.total })}</span>}
    </>
  )
  const actions = (
    <>
      <Button icon={<RotateCw size={14} />} onPress={readAgain} isDisabled={csv.isFetching} data-testid="csv-again">
        {t('many.file.again')}
      </Button>
      <Button icon={<FolderOpen size={14} />} onPress={onChoose} data-testid="csv-choose">
        {t('many.file.another')}
      </Button>
    </>
  )
  const pane = { ...frame, subtitle, actions }
  if (csv.data && !csv.isError) {
    return <Assignment path={path} preview={csv.data} frame={pane} />
  }
  return (
    <ManyFrame {...pane}>
      {csv.isError ? <UnusableFile path={path} error={csv.error} /> : <Loading label={t('many.file.reading')} />}
    </ManyFrame>
  )
}
