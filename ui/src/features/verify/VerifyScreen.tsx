import './verify.css'
import { getRouteApi } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { call, commands, type Report } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Split } from '../../shared/Pane'
import { Progress } from '../../shared/Progress'
import { Empty } from '../../shared/states'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { countOf, ReportList } from './ReportList'
import { ReportPane } from './ReportPane'

const route = getRouteApi('/verify')

/** Is every tenant what it should be? The worst first, each with its evidence. */
export function VerifyScreen() {
  const { t, time } = useText()
  const search = route.useSearch()
  const task = useTask<Report>('verify')
  const isBusy = task.status === 'running'
  const report = isBusy ? null : task.result
  const some = task.about as string[] | null
  const run = () => void task.start((id, progress) => call(commands.verify(id, null, progress)))
  const button = (
    <Button
      variant={report ? 'plain' : 'primary'}
      icon={<ShieldCheck size={14} />}
      onPress={run}
      data-testid="verify-run"
    >
      {t(report && !some ? 'verify.run.again' : 'verify.run')}
    </Button>
  )
  const chosen = report?.tenants.find(({ tenant }) => tenant.schema === search.tenant)
  return (
    <Split
      label={t('verify.title')}
      list={list()}
      pane={report && chosen ? <ReportPane key={search.tenant} report={chosen} /> : null}
    />
  )

  function list() {
    if (isBusy) {
      return (
        <div className="state" data-testid="verify-progress">
          <div className="verify-progress">
            <Progress task={task} label={t('running.verify')} />
            <Button onPress={task.cancel} isDisabled={task.cancelling} data-testid="cancel-task">
              {t(task.cancelling ? 'task.cancelling' : 'verify.cancel')}
            </Button>
          </div>
        </div>
      )
    }
    if (task.status === 'failed') {
      return (
        <div className="pane-section stack">
          <ErrorView error={task.error} />
          <div>{button}</div>
        </div>
      )
    }
    if (!report) {
      return (
        <Empty title={t('verify.empty')} art={<ShieldCheck size={28} strokeWidth={1.5} />} actions={button}>
          {t('verify.empty.text')}
        </Empty>
      )
    }
    return (
      <div className="verify" data-testid="verify-result">
        <div className="toolbar">
          <span className="cut">{t('verify.summary', countOf(report.tenants))}</span>
          {some && <span className="muted">{t('verify.some', { count: some.length })}</span>}
          <span className="toolbar-count spare">{t('verify.at', { time: time(report.at) })}</span>
          <span className="grow" />
          {button}
        </div>
        <ReportList report={report} />
      </div>
    )
  }
}
