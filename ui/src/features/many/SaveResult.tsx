import { appError, type ColumnMapping, type Job } from '../../ipc/client'
import { Notice } from '../../shared/Notice'
import { SaveFile } from '../../shared/SaveFile'
import { useText } from '../../shared/text'
import { useSaveResult } from './api'

type Props = { path: string; mapping: ColumnMapping; job: Job | null; isReady: boolean }

/** The same rows with what became of each, in a file that is asked for. */
export function SaveResult({ path, mapping, job, isReady }: Props) {
  const { t } = useText()
  const writing = useSaveResult(path, mapping, job?.id ?? null)
  const known = appError(writing.error)
  return (
    <SaveFile
      label={t('many.save')}
      writing={writing}
      onSave={() => writing.mutate(t('many.save.name', { name: nameOf(path) }))}
      savingWords={t('many.saving')}
      savedWords={(saved) => t('many.saved', { path: saved })}
      failure={
        known?.code === 'file' && (
          <Notice tone="bad" title={t('many.save.failed', { path: known.path })} data-testid="error">
            <p className="wrap selectable">{t('many.save.failed.text', { reason: known.reason })}</p>
          </Notice>
        )
      }
      variant={job?.state === 'finished' ? 'primary' : 'plain'}
      isDisabled={!isReady}
      className="grow many-saved"
      data-testid="save-result"
      data-saved-testid="result-saved"
    />
  )
}

/** `/home/user/tenants.csv` and `C:\tenants.csv` are `tenants`. */
function nameOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? ''
  return file.replace(/\.\w+$/, '') || file
}
