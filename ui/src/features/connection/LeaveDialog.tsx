import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { LeavePlan, Status } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { Loaded } from '../../shared/Loaded'
import { Mono } from '../../shared/Name'
import { Notice } from '../../shared/Notice'
import { SqlText } from '../../shared/SqlText'
import { useText } from '../../shared/text'
import { useLeave, useLeavePlan } from './api'

/** Our schema goes, and everything that is the platform's stays. There is no way back to the journal. */
export function LeaveDialog({ status, onClose }: { status: Status; onClose: () => void }) {
  const { t, rich } = useText()
  const navigate = useNavigate()
  const plan = useLeavePlan()
  const leave = useLeave()
  const [typed, setTyped] = useState('')
  const { database } = status
  const name = <bdi className="mono selectable">{database}</bdi>
  const mayLeave = plan.data !== undefined && plan.data.dependents.length === 0 && status.readOnly === null
  const go = () =>
    leave.mutate(undefined, {
      onSuccess: () => {
        onClose()
        void navigate({ to: '/connect' })
      },
    })
  return (
    <Dialog title={rich('leave.title', { database: name })} isOpen onClose={onClose} isBusy={leave.isPending}>
      <div className="leave-body" data-testid="leave-dialog">
        <p>{t('leave.text')}</p>
        <Loaded query={plan}>{(data) => <Comes plan={data} status={status} />}</Loaded>
        {leave.error && <ErrorView error={leave.error} />}
        {mayLeave && (
          <Field
            name="confirm"
            label={rich('leave.confirm', { database: name })}
            value={typed}
            onChange={setTyped}
            mono
            data-testid="confirm"
          />
        )}
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose} isDisabled={leave.isPending}>
          {t('leave.cancel')}
        </Button>
        <Button
          variant="danger"
          isDisabled={!mayLeave || typed !== database || leave.isPending}
          onPress={go}
          data-testid="leave"
        >
          {t('leave.do', { database })}
        </Button>
      </footer>
    </Dialog>
  )
}

function Comes({ plan, status: { tenants, domains } }: { plan: LeavePlan; status: Status }) {
  const { t } = useText()
  return (
    <>
      <section>
        <h3>{t('leave.goes')}</h3>
        <ul className="leave-list" data-testid="leave-goes">
          <li>{t('leave.goes.schema')}</li>
          <li>{t('leave.goes.journal', { count: plan.journalEntries })}</li>
          <li>{t('leave.goes.catalog', { count: plan.masterAtoms })}</li>
        </ul>
      </section>
      <section>
        <h3>{t('leave.stays')}</h3>
        <ul className="leave-list" data-testid="leave-stays">
          <li>{t('leave.stays.tenants', { tenants, domains })}</li>
          <li>{t('leave.stays.catalogs')}</li>
        </ul>
      </section>
      {plan.dependents.length > 0 && (
        <Notice tone="bad" title={t('leave.dependents')} data-testid="leave-dependents">
          <p>{t('leave.dependents.text')}</p>
          <ul className="missing">
            {plan.dependents.map((object) => (
              <li key={object}>
                <Mono>{object}</Mono>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <SqlText label={t('adopt.sql.label')} sql={plan.statements} />
    </>
  )
}
