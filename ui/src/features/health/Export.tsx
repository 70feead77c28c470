import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { call, commands } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { ErrorView } from '../../shared/ErrorView'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'

/** The report as a page or as JSON, in a file that is asked for. The engine looks anew for it. */
export function Export() {
  const { t } = useText()
  const { mutate, data, error, isPending, reset } = useMutation({ mutationFn: () => call(commands.exportHealth()) })
  return (
    <>
      <span role="status" className="row muted health-exported" data-testid="health-exported">
        {isPending && (
          <>
            <Spinner small />
            {t('health.exporting')}
          </>
        )}
        {data && (
          <bdi className="cut" title={data}>
            {t('health.exported', { path: data })}
          </bdi>
        )}
      </span>
      <Button icon={<Download size={14} />} isDisabled={isPending} onPress={() => mutate()} data-testid="health-export">
        {t('health.export')}
      </Button>
      <Dialog title={t('health.export')} isOpen={error !== null} onClose={reset}>
        <div className="pane-section">
          <ErrorView error={error} />
        </div>
        <footer className="pane-foot">
          <Button onPress={reset}>{t('app.close')}</Button>
        </footer>
      </Dialog>
    </>
  )
}
