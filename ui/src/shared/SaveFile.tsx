import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { ErrorView } from './ErrorView'
import { Spinner } from './Spinner'
import { useText } from './text'

type Props = {
  label: string
  /** The writing, which answers with the file, or with nothing where that was cancelled. */
  writing: { data: string | null | undefined; error: unknown; isPending: boolean; reset: () => void }
  onSave: () => void
  savingWords: string
  savedWords: (path: string) => string
  /** Why it could not be written, where there is more to say than the error does. */
  failure?: ReactNode
  variant?: 'plain' | 'primary'
  isDisabled?: boolean
  className: string
  'data-testid': string
  'data-saved-testid': string
}

/** Writes a file that is asked for, and says where it is. */
export function SaveFile({ label, writing, onSave, savingWords, savedWords, failure, ...props }: Props) {
  const { t } = useText()
  const { data, error, isPending, reset } = writing
  return (
    <>
      <span role="status" className={`row muted ${props.className}`} data-testid={props['data-saved-testid']}>
        {isPending && (
          <>
            <Spinner small />
            {savingWords}
          </>
        )}
        {data && (
          <bdi className="cut selectable" title={data}>
            {savedWords(data)}
          </bdi>
        )}
      </span>
      <Button
        icon={<Download size={14} aria-hidden />}
        aria-label={label}
        variant={props.variant ?? 'plain'}
        isDisabled={props.isDisabled || isPending}
        onPress={onSave}
        data-testid={props['data-testid']}
      >
        {label}
      </Button>
      <Dialog title={label} isOpen={error !== null} onClose={reset}>
        <div className="pane-section">{failure || <ErrorView error={error} />}</div>
        <footer className="pane-foot">
          <Button onPress={reset}>{t('app.close')}</Button>
        </footer>
      </Dialog>
    </>
  )
}
