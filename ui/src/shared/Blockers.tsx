import type { Blocker } from '../ipc/client'
import { useText } from './text'

/** Who holds the lock that the work waits for. */
export function Blockers({ blockers }: { blockers: Blocker[] }) {
  const { t, rich } = useText()
  if (blockers.length === 0) return <span>{t('task.waiting.nobody')}</span>
  return blockers.map((blocker) => (
    <span key={blocker.pid} className="wrap">
      {rich('task.blocker', {
        application: <bdi>{blocker.application || t('task.blocker.unnamed')}</bdi>,
        user: <bdi>{blocker.user}</bdi>,
        pid: String(blocker.pid),
        seconds: blocker.seconds,
      })}{' '}
    </span>
  ))
}
