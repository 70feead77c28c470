import { CirclePause, CirclePlay, CircleStop, RotateCcw, Undo2 } from 'lucide-react'
import type { Control, Job } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { showDialog } from '../../shared/dialogs'
import { useText } from '../../shared/text'
import type { useControlJob } from './api'
import { isCheck } from './isCheck'
import { UndoJobDialog } from './UndoJobDialog'

type Props = { job: Job; control: ReturnType<typeof useControlJob> }

/** What can be done with a job as it is now. */
export function JobControls({ job, control }: Props) {
  const { t } = useText()
  const { state, failed, total, done } = job
  const isOver = state === 'finished'
  const canResume = state === 'paused' || (state === 'cancelled' && done + failed < total)
  const press = (what: Control) => () => control.mutate(what)
  const isDisabled = control.isPending
  return (
    <>
      {(state === 'running' || state === 'paused') && (
        <Button
          icon={<CircleStop size={14} />}
          isDisabled={isDisabled}
          onPress={press('cancel')}
          data-testid="job-cancel"
        >
          {t('jobs.cancel')}
        </Button>
      )}
      {state === 'running' && (
        <Button
          icon={<CirclePause size={14} />}
          isDisabled={isDisabled}
          onPress={press('pause')}
          data-testid="job-pause"
        >
          {t('jobs.pause')}
        </Button>
      )}
      {done > 0 && state !== 'running' && !isCheck(job) && (
        <Button
          icon={<Undo2 size={14} />}
          isDisabled={isDisabled}
          onPress={() => showDialog((close) => <UndoJobDialog job={job} onClose={close} />)}
          data-testid="job-undo"
        >
          {t('jobs.undo')}
        </Button>
      )}
      {canResume && (
        <Button
          variant="primary"
          icon={<CirclePlay size={14} />}
          isDisabled={isDisabled}
          onPress={press('resume')}
          data-testid="job-resume"
        >
          {t('jobs.resume')}
        </Button>
      )}
      {failed > 0 && state !== 'running' && (
        <Button
          variant={isOver ? 'primary' : 'plain'}
          icon={<RotateCcw size={14} />}
          isDisabled={isDisabled}
          onPress={press('retry_failed')}
          data-testid="job-retry"
        >
          {t('jobs.retry', { failed })}
        </Button>
      )}
    </>
  )
}
