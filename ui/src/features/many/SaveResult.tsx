import { Download } from 'lucide-react'
import type { ColumnMapping, Job } from '../../ipc/client'
import { appError } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'
import { useSaveResult } from './api'

type Props = { path: string; mapping: ColumnMapping; job: Job | null; isReady: boolean }

/** The same rows with what became of each, in a file that is asked for. */
export function SaveResult({ path, mapping, job, isReady }: Props) {
  const { t } = useText()
  const { mutate, data, error, isPending, reset } = useSaveResult(path, mapping, job?.id ?? null)
  const name = t('many.save.name', { name: nameOf(path) })
  return (
    <>
      <span role="status" className="row grow muted many-saved" data-testid="result-saved">
        {isPending && (
          <>
            <Spinner small />
            {t('many.saving')}
          </>
        )}
        {data && (
          <bdi className="cut selectable" title={data}>
            {t('many.saved', { path: data })}
          </bdi>
        )}
      </span>
      <Button
        icon={<Download size={14} />}
        variant={job?.state === 'finished' ? 'primary' : 'plain'}
        isDisabled={!isReady || isPending}
        onPress={() => mutate(name)}
        data-testid="save-result"
      >
        {t('many.save')}
      </Button>
      <Dialog title={t('many.save')} isOpen={error !== null} onClose={reset}>
        <div className="pane-section">
          <Unsaved error={error} />
        </div>
        <footer className="pane-foot">
          <Button onPress={reset}>{t('app.close')}</Button>
        </footer>
      </Dialog>
    </>
  )
}

function Unsaved({ error }: { error: unknown }) {
  const { t } = useText()
  const known = appError(error)
  if (known?.code !== 'file') return <ErrorView error={error} />
  return (
    <Notice tone="bad" title={t('many.save.failed', { path: known.path })} data-testid="error">
      <p className="wrap selectable">{t('many.save.failed.text', { reason: known.reason })}</p>
    </Notice>
  )
}

/** `/home/user/tenants.csv` and `C:\tenants.csv` are `tenants`. */
function nameOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? ''
  return file.replace(/\.\w+$/, '') || file
}
