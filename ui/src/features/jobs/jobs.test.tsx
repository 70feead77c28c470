import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createJob, workOn } from '../../test/fake/jobs'
import { emptyPlatform, examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

/** A job that suspends every tenant. */
function withJob() {
  const platform = examplePlatform()
  const items = platform.tenants.map(({ schema }) => ({
    subject: schema,
    intent: { intent: 'set_active' as const, request: { schema, active: false } },
    planHash: null,
  }))
  return { platform, job: createJob(platform, items) }
}

describe('jobs', () => {
  it('say that there are none, and how one is made', async () => {
    open(emptyPlatform(), '/jobs')
    expect(await screen.findByTestId('empty')).toHaveTextContent('Select several tenants')
  })

  it('are counted beside their screen while they run, and tell how far they are', async () => {
    const { platform, job } = withJob()
    const { fake } = open(platform, `/jobs?job=${job.id}`)
    expect(await screen.findByTestId('job-detail')).toHaveTextContent('Tenant suspended')
    expect(screen.getByTestId('nav-jobs')).toHaveTextContent('1')
    expect(screen.getByTestId('job-progress')).toHaveTextContent('0 of 12')
    await workOn(fake.platform, job, () => Promise.resolve())
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('11 of 12, 1 failed'))
    expect(screen.getByTestId('nav-jobs')).not.toHaveTextContent('1')
  })

  it('are paused, resumed and cancelled; what is done stays done', async () => {
    const { platform, job } = withJob()
    const { user } = open(platform, `/jobs?job=${job.id}`, { pace: 30 })
    await user.click(await screen.findByTestId('job-pause'))
    await waitFor(() => expect(screen.getByTestId('job-resume')).toBeEnabled())
    await user.click(screen.getByTestId('job-resume'))
    await waitFor(() => expect(job.items.some(({ state }) => state === 'done')).toBe(true))
    await user.click(await screen.findByTestId('job-cancel'))
    await waitFor(() => expect(screen.getByTestId('job-detail')).toHaveTextContent(/done and stays? done/))
    expect(job.items.some(({ state }) => state === 'waiting')).toBe(true)
    expect(screen.getByTestId('job-resume')).toBeInTheDocument()
  })

  it('show why an item failed, and try only those again', async () => {
    const { platform, job } = withJob()
    await workOn(platform, job, () => Promise.resolve())
    const { user } = open(platform, `/jobs?job=${job.id}`)
    await user.click(await screen.findByTestId('filter-failed'))
    expect(place()).toContain('show=failed')
    await waitFor(() => expect(screen.getAllByTestId(/^job-item-/)).toHaveLength(1))
    expect(screen.getByTestId('job-item-umbrella_steel')).toHaveTextContent('lock timeout')
    await user.click(screen.getByTestId('job-retry'))
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('12 of 12'))
    expect(job.items.filter(({ attempts }) => attempts === 2)).toHaveLength(1)
  })

  it('lead from what was done to the journal', async () => {
    const { platform, job } = withJob()
    await workOn(platform, job, () => Promise.resolve())
    const { user } = open(platform, `/jobs?job=${job.id}`)
    const [link] = await screen.findAllByTestId('item-operation')
    if (link) await user.click(link)
    expect(await screen.findByTestId('journal-detail')).toHaveTextContent('Tenant suspended')
  })

  it('are taken back in one step, after it is said how many come back and what does not', async () => {
    const { platform, job } = withJob()
    await workOn(platform, job, () => Promise.resolve())
    // Since then one of them was taken back by itself, and another tenant is gone.
    const [first, second] = job.items
    const entry = platform.journal.find(({ id }) => id === first?.operation)
    Object.assign(entry ?? {}, { canUndo: false, undoneBy: crypto.randomUUID() })
    platform.tenants = platform.tenants.filter(({ schema }) => schema !== second?.subject)
    const { user } = open(platform, `/jobs?job=${job.id}`)
    await user.click(await screen.findByTestId('job-undo'))
    expect(await screen.findByTestId('undo-count-ready')).toHaveTextContent('8 operations come back')
    expect(screen.getByTestId('undo-count-alreadyUndone')).toHaveTextContent('1 has been taken back already')
    expect(screen.getByTestId('undo-count-refused')).toHaveTextContent('1 cannot come back')
    expect(screen.getByTestId('undo-reasons')).toHaveTextContent(second?.subject ?? '')
    expect(screen.queryByTestId('undo-count-noInverse')).not.toBeInTheDocument()
    expect(platform.jobs).toHaveLength(1)
    await user.click(screen.getByTestId('undo-job-do'))
    await waitFor(() => expect(platform.jobs).toHaveLength(2))
    expect(await screen.findByTestId('job-detail')).toHaveTextContent('Taken back')
    expect(place()).toContain(platform.jobs[0]?.id)
    const suspended = () => platform.tenants.filter(({ isActive }) => !isActive)
    await waitFor(() => expect(suspended()).toHaveLength(2))
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('8 of 9, 1 failed'))
  })

  it('are not taken back while they run, nor where nothing is left to take back', async () => {
    const { platform, job } = withJob()
    const { user } = open(platform, `/jobs?job=${job.id}`)
    await screen.findByTestId('job-pause')
    expect(screen.queryByTestId('job-undo')).not.toBeInTheDocument()
    await workOn(platform, job, () => Promise.resolve())
    for (const entry of platform.journal) entry.canUndo = false
    await user.click(await screen.findByTestId('job-undo'))
    expect(await screen.findByTestId('undo-count-noInverse')).toHaveTextContent('10 have no way back')
    expect(screen.queryByTestId('undo-job-do')).not.toBeInTheDocument()
  })
})
