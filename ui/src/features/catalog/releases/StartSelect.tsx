import type { Releases } from '../../../ipc/client'
import { showDialog } from '../../../shared/dialogs'
import { useText } from '../../../shared/text'
import { PlanDialog } from '../../plan/PlanDialog'
import { ReleaseSelect } from '../ReleaseSelect'

/** Where new tenants start. A choice is a change, so its plan is read first. */
export function StartSelect({ start }: Pick<Releases, 'start'>) {
  const { t } = useText()
  const choose = (release: number | undefined) =>
    showDialog((close) => (
      <PlanDialog
        title={t('releases.start.title')}
        intent={{ intent: 'set_start_release', request: { release: release ?? null } }}
        name={t('releases.start.name')}
        slot="start-release"
        onClose={close}
      />
    ))
  return (
    <span className="labelled">
      <span className="muted">{t('releases.start')}</span>
      <ReleaseSelect
        label={t('releases.start')}
        none={t('releases.start.newest')}
        value={start ?? undefined}
        onChange={choose}
        data-testid="start-release"
      />
    </span>
  )
}
