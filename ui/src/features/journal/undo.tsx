import { useMemo } from 'react'
import type { Entry, OperationId } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { showDialog } from '../../shared/dialogs'
import { ErrorView } from '../../shared/ErrorView'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { entryOf, newestUndoable } from './api'
import { kindText } from './kind'

/** Takes an operation back: the plan first, made against the platform as it is now. */
export function useUndo() {
  const text = useText()
  return useMemo(() => {
    const { t, rich } = text
    const say = (error?: unknown) =>
      showDialog((close) => (
        <Dialog title={t('undo.nothing')} isOpen onClose={close}>
          <div className="plan-body" data-testid="undo-nothing">
            {error ? <ErrorView error={error} /> : <p>{t('undo.nothing.text')}</p>}
          </div>
          <footer className="pane-foot">
            <Button onPress={close} autoFocus>
              {t('app.close')}
            </Button>
          </footer>
        </Dialog>
      ))
    const undo = ({ id, kind, subject, seq }: Entry) =>
      showDialog((close) => (
        <PlanDialog
          title={rich('undo.title', {
            kind: kindText(text, kind),
            subject: <bdi key="subject">{subject}</bdi>,
          })}
          intent={{ intent: 'undo', request: { operation: id } }}
          name={t('undo.name', { seq: text.number(seq) })}
          slot="tenant"
          onClose={close}
        />
      ))
    const undoNewest = async () => {
      try {
        const entry = await newestUndoable()
        if (entry) undo(entry)
        else say()
      } catch (error) {
        say(error)
      }
    }
    const undoOperation = async (operation: OperationId) => {
      try {
        const entry = await entryOf(operation)
        if (entry) undo(entry)
        else say()
      } catch (error) {
        say(error)
      }
    }
    return { undo, undoNewest, undoOperation }
  }, [text])
}
