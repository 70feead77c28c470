import type { ImportDomains } from '../../../ipc/client'
import { SaveFile } from '../../../shared/SaveFile'
import { useText } from '../../../shared/text'
import { useSaveImport } from './api'

/** The rows with their verdicts, in a file that can be imported again without effect. */
export function SaveImport({ request, isReady }: { request: ImportDomains | undefined; isReady: boolean }) {
  const { t } = useText()
  const writing = useSaveImport(request)
  return (
    <SaveFile
      label={t('import.save')}
      writing={writing}
      onSave={() => writing.mutate(t('import.save.name'))}
      savingWords={t('import.saving')}
      savedWords={(path) => t('import.saved', { path })}
      isDisabled={!isReady}
      className="grow import-saved"
      data-testid="import-save"
      data-saved-testid="import-saved"
    />
  )
}
