import './import.css'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { call, commands } from '../../../ipc/client'
import { ErrorView } from '../../../shared/ErrorView'
import { Notice } from '../../../shared/Notice'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { editImport, readSource, useImportDraft } from './draft'
import { ImportRows } from './ImportRows'
import { SourceForm } from './SourceForm'
import { type Dropped, useFileDrop } from './useFileDrop'

const route = getRouteApi('/domains/import')

/** Many domains at once: paste or choose them, say what the columns stand for, read every verdict, apply. */
export function ImportScreen() {
  const { t, bytes } = useText()
  const { step } = route.useSearch()
  const navigate = route.useNavigate()
  const draft = useImportDraft()
  const [failure, setFailure] = useState<unknown>(null)
  const [unread, setUnread] = useState<Exclude<Dropped, { text: string }> | null>(null)

  const look = useCallback(() => {
    setFailure(null)
    setUnread(null)
    void navigate({ search: { step: 'rows' } })
  }, [navigate])
  const take = useCallback(
    (dropped: Dropped) => {
      if ('failed' in dropped) {
        setUnread(dropped)
        return
      }
      readSource({ from: 'text', what: dropped.text }, dropped.name)
      look()
    },
    [look],
  )
  const isOver = useFileDrop(take)
  async function choose() {
    try {
      const path = await call(commands.chooseDomainFile())
      if (path === null) return
      readSource({ from: 'file', what: path }, path)
      look()
    } catch (error) {
      setFailure(error)
    }
  }
  const above = (
    <>
      {failure !== null && (
        <div className="pane-section">
          <ErrorView error={failure} />
        </div>
      )}
      {unread && (
        <div className="pane-section">
          <Notice tone="bad" title={t('import.drop.failed', { name: unread.name })} data-testid="drop-failed">
            <p>
              {unread.failed === 'large' ? t('import.drop.large', { size: bytes(unread.size) }) : t('import.drop.utf8')}
            </p>
          </Notice>
        </div>
      )}
    </>
  )
  const close = () => void navigate({ to: '/domains', search: {} })
  return (
    <div className="import">
      <h1 className="hidden-visually">{t('import.title')}</h1>
      {isOver && (
        <div className="import-drop" data-testid="import-drop">
          {t('import.drop.here')}
        </div>
      )}
      {step === 'rows' && draft.source ? (
        <ImportRows draft={draft} above={above} onChoose={() => void choose()} onClose={close} />
      ) : (
        <Pane label={t('import.title')} title={t('import.title')} onClose={close} data-testid="import-screen">
          {above}
          <SourceForm
            text={draft.text}
            onText={(text) => editImport({ text })}
            onRead={() => {
              readSource({ from: 'text', what: draft.text })
              look()
            }}
            onChoose={() => void choose()}
          />
        </Pane>
      )}
    </div>
  )
}
