import type { AppError, Control, Intent, Job, JobItem, JobUndo, NewItem, UndoItem } from '../../ipc/client'
import { plan, refuse, write } from './plans'
import type { FakePlatform } from './platform'

export type FakeJob = Omit<Job, 'total' | 'done' | 'failed' | 'rate'> & {
  items: (JobItem & { intent: Intent })[]
  /** When the latest items were done. */
  times: number[]
}

const KINDS: Partial<Record<Intent['intent'], string>> = {
  create_tenant: 'tenant.create',
  delete_tenant: 'tenant.delete',
  check_domains: 'domain.check',
  sync_catalog: 'catalog.sync',
  retire_atom: 'catalog.retire',
  undo: 'undo',
}

export function kindOf(intent: Intent): string {
  if (intent.intent === 'set_active') return intent.request.active ? 'tenant.resume' : 'tenant.suspend'
  return KINDS[intent.intent] ?? intent.intent
}

export function createJob(of: FakePlatform, items: NewItem[]): FakeJob {
  const job: FakeJob = {
    id: crypto.randomUUID(),
    kind: items[0] ? kindOf(items[0].intent) : '',
    state: 'running',
    createdAt: new Date().toISOString(),
    createdBy: 'postgres',
    origin: 'Tenantry on workstation',
    finishedAt: null,
    times: [],
    items: items.map(({ subject, intent }, at) => ({
      position: at + 1,
      subject,
      intent,
      state: 'waiting',
      operation: null,
      failure: null,
      attempts: 0,
      milliseconds: null,
    })),
  }
  of.jobs.unshift(job)
  return job
}

export function jobOf({ items, times, ...job }: FakeJob): Job {
  const [first = 0] = times
  const span = (times.at(-1) ?? 0) - first
  return {
    ...job,
    total: items.length,
    done: items.filter(({ state }) => state === 'done').length,
    failed: items.filter(({ state }) => state === 'failed').length,
    rate: span > 0 ? (60_000 * (times.length - 1)) / span : null,
  }
}

export function findJob(of: FakePlatform, id: string): FakeJob {
  return of.jobs.find((job) => job.id === id) ?? refuse({ code: 'refused', subject: id, why: 'no_such_job' })
}

export function controlJob(job: FakeJob, control: Control) {
  if (control === 'pause' && job.state === 'running') job.state = 'paused'
  if (control === 'cancel' && (job.state === 'running' || job.state === 'paused')) job.state = 'cancelled'
  if (control === 'resume' && job.state !== 'finished') job.state = 'running'
  if (control === 'retry_failed') {
    for (const item of job.items) if (item.state === 'failed') Object.assign(item, { state: 'waiting', failure: null })
    job.state = 'running'
    job.finishedAt = null
  }
}

/** One item after another, until the job is paused, cancelled or finished. */
export async function workOn(of: FakePlatform, job: FakeJob, pause: () => Promise<unknown>) {
  while (job.state === 'running') {
    const item = job.items.find(({ state }) => state === 'waiting')
    if (!item) {
      job.state = 'finished'
      job.finishedAt = new Date().toISOString()
      return
    }
    await pause()
    if ((job.state as string) !== 'running') return
    item.attempts += 1
    item.milliseconds = 38 + ((item.position * 7) % 60)
    if (of.stubborn.includes(item.subject) && item.attempts === 1) {
      item.state = 'failed'
      item.failure = `tenants_tenant is locked by gunicorn (django, process 4121): canceling statement due to lock timeout`
    } else {
      attempt(of, item)
    }
    job.times = [...job.times, Date.now()].slice(-30)
  }
}

/** What the engine refuses is the item's failure. */
function attempt(of: FakePlatform, item: FakeJob['items'][number]) {
  try {
    if (item.intent.intent !== 'check_domains') {
      const planned = plan(of, item.intent)
      item.operation = planned.changes.length > 0 ? write(of, planned) : null
    }
    item.state = 'done'
  } catch (error) {
    item.state = 'failed'
    item.failure = (error as AppError).code
  }
}

/** What taking a job back comes to: the last operation first. */
export function planJobUndo(of: FakePlatform, job: FakeJob): JobUndo {
  if (job.state === 'running') refuse({ code: 'refused', subject: job.id, why: 'job_running' })
  const counts = { ready: 0, nothing: 0, refused: 0, alreadyUndone: 0, underWay: 0, noInverse: 0 }
  const items = job.items.toReversed().flatMap(({ subject, operation }): UndoItem[] => {
    const entry = of.journal.find(({ id }) => id === operation)
    if (operation === null || !entry) return []
    if (entry.undoneBy) {
      counts.alreadyUndone += 1
      return [{ subject, operation, verdict: 'already_undone', by: entry.undoneBy }]
    }
    if (!entry.canUndo) {
      counts.noInverse += 1
      return [{ subject, operation, verdict: 'no_inverse' }]
    }
    try {
      const isEmpty = plan(of, undoOf(operation)).changes.length === 0
      counts[isEmpty ? 'nothing' : 'ready'] += 1
      return [{ subject, operation, verdict: isEmpty ? 'nothing' : 'ready' }]
    } catch {
      counts.refused += 1
      return [{ subject, operation, verdict: 'refused', reason: `no tenant has the schema ${subject}` }]
    }
  })
  const planned = counts.ready + counts.nothing + counts.refused
  return { job: job.id, items, counts, planned }
}

export const undoItems = (of: FakePlatform, job: FakeJob): NewItem[] =>
  planJobUndo(of, job)
    .items.filter(({ verdict }) => ['ready', 'nothing', 'refused'].includes(verdict))
    .map(({ subject, operation }) => ({ subject, intent: undoOf(operation), planHash: null }))

const undoOf = (operation: string): Intent => ({ intent: 'undo', request: { operation } })
