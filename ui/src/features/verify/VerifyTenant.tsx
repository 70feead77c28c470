import { call, commands, type Report } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Progress } from '../../shared/Progress'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { VerdictMark } from '../../shared/VerdictMark'
import { CheckList } from './CheckList'

/** Verify, for one tenant, on its own page. */
export function VerifyTenant({ schema }: { schema: string }) {
  const { t, time } = useText()
  const task = useTask<Report>(`verify ${schema}`)
  const isBusy = task.status === 'running'
  const report = task.result
  const mine = report?.tenants.find(({ tenant }) => tenant.schema === schema)
  const run = () => void task.start((id, progress) => call(commands.verify(id, [schema], progress)))
  return (
    <>
      <div className="pane-section row">
        {isBusy ? (
          <>
            <div className="grow">
              <Progress task={task} label={t('running.verify')} />
            </div>
            <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
              {t('verify.cancel')}
            </Button>
          </>
        ) : (
          <>
            <span className="grow muted">
              {mine && report ? (
                <span className="row">
                  <VerdictMark verdict={mine.verdict} />
                  <span className="cut">{t('verify.at', { time: time(report.at) })}</span>
                </span>
              ) : (
                t('tenant.verify.text')
              )}
            </span>
            <Button onPress={run} data-testid="verify-run">
              {t(mine ? 'verify.run.again' : 'verify.run.tenant')}
            </Button>
          </>
        )}
      </div>
      {task.status === 'failed' && (
        <div className="pane-section">
          <ErrorView error={task.error} />
        </div>
      )}
      {report && mine && !isBusy && (
        <div data-testid="verify-result" data-verdict={mine.verdict}>
          <CheckList checks={mine.checks} />
          <h3 className="group-heading">{t('verify.platform')}</h3>
          <CheckList checks={report.platform} />
        </div>
      )}
    </>
  )
}
