import { useMutation } from '@tanstack/react-query'
import { call, commands } from '../../ipc/client'
import { SaveFile } from '../../shared/SaveFile'
import { useText } from '../../shared/text'

/** The report as a page or as JSON, in a file that is asked for. The engine looks anew for it. */
export function Export() {
  const { t } = useText()
  const writing = useMutation({ mutationFn: () => call(commands.exportHealth()) })
  return (
    <SaveFile
      label={t('health.export')}
      writing={writing}
      onSave={() => writing.mutate()}
      savingWords={t('health.exporting')}
      savedWords={(path) => t('health.exported', { path })}
      className="health-exported"
      data-testid="health-export"
      data-saved-testid="health-exported"
    />
  )
}
