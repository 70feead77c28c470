import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { call, commands, type Retirement, type RetirePreview, type TenantRetirement } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Progress } from '../../../shared/Progress'
import { useTask } from '../../../shared/tasks'
import { useText } from '../../../shared/text'
import { useCreateJob } from '../../jobs/api'
import { RetiredTenant } from './RetiredTenant'
import { RetireTable } from './RetireTable'

type Options = { slug: string; name: string; how: Retirement | null; onClose: () => void }

/** An atom is retired in the tenants: what that comes to is seen for each of them, then it is a job. */
export function useRetireInTenants({ slug, name, how, onClose }: Options) {
  const { t } = useText()
  const go = useNavigate()
  // Each question has a slot of its own: the one before may still be on its way to an end.
  const task = useTask<RetirePreview>(`retirement ${slug} ${JSON.stringify(how)}`)
  const { start, cancel, reset } = task
  const job = useCreateJob()
  const [open, setOpen] = useState<TenantRetirement | null>(null)
  useEffect(() => {
    if (!how) return
    setOpen(null)
    reset()
    void start((id, progress) => call(commands.previewRetirement(id, slug, how, progress)))
    return cancel
  }, [start, cancel, reset, slug, how])
  const tenants = task.result?.tenants
  const items = useMemo(() => tenants?.flatMap(({ item }) => item ?? []) ?? [], [tenants])
  const apply = () => job.mutate(items, { onSuccess: (id) => void go({ to: '/jobs', search: { job: id } }) })
  const count = items.length
  const footer = (
    <>
      <Button onPress={onClose} data-testid="retire-cancel">
        {t('plan.cancel')}
      </Button>
      {how && count > 0 && (
        <Button
          variant={how.way === 'deactivate' ? 'primary' : 'danger'}
          isDisabled={job.isPending}
          onPress={apply}
          data-testid="create-job"
        >
          {t(`retire.apply.${how.way}`, { name, count })}
        </Button>
      )}
    </>
  )
  const body = (
    <>
      <div className="pane-section stack" role="status" data-testid="retire-summary">
        {job.isError && <ErrorView error={job.error} />}
        {task.status === 'failed' && <ErrorView error={task.error} />}
        {task.status === 'running' && <Progress task={task} label={t('retire.planning')} />}
        {tenants && <p>{said(tenants)}</p>}
      </div>
      {tenants && tenants.length > 0 && <RetireTable tenants={tenants} open={open?.schema} onOpen={setOpen} />}
      {open && <RetiredTenant key={open.schema} tenant={open} />}
    </>
  )
  return { body, footer }

  function said(of: TenantRetirement[]) {
    if (of.length === 0) return t('retire.nobody')
    const refused = of.filter((tenant) => tenant.refused !== null).length
    return t('retire.summary', { ready: count, refused, nothing: of.length - count - refused })
  }
}
