import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../../../test/axe'
import { examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'
import { choose } from '../../tenants/chosen'

const preview = async (user: ReturnType<typeof open>['user']) => {
  await user.click(await screen.findByTestId('sync-preview'))
  return screen.findByTestId('sync-summary')
}

describe('a synchronisation', () => {
  it('is previewed tenant by tenant, and made a job of those that are ready', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/fleet/sync')
    const summary = await preview(user)
    expect(screen.getByTestId('sync-row-globex_health')).toHaveTextContent('To decide')
    expect(screen.getByTestId('sync-row-tyrell_insurance')).toHaveTextContent('Ready')
    expect(screen.getByTestId('sync-row-stark_labs')).toHaveTextContent('By its receipt')
    expect(summary).toHaveTextContent('Globex Health has conflicts to decide, and stays as it is.')
    expect(fake.platform.jobs).toHaveLength(0)
    await expectAccessible()
    await user.click(screen.getByRole('button', { name: 'Synchronise 4 tenants to release 3' }))
    await waitFor(() => expect(place()).toContain('/jobs'))
    expect(fake.platform.jobs[0]?.items).toHaveLength(4)
    await waitFor(() => expect(fake.platform.copies.tyrell_insurance?.release).toBe(3))
    expect(fake.platform.copies.globex_health?.release).toBe(2)
  })

  it('is decided conflict by conflict, and the tenant is planned again', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/fleet/sync')
    await preview(user)
    await user.click(screen.getByTestId('sync-row-globex_health'))
    const conflict = await screen.findByTestId('conflict-send-e-mail-1.0')
    await waitFor(() => expect(conflict).toHaveTextContent('"maximum": 25'))
    await user.click(within(conflict).getByRole('radio', { name: 'Take the release’s' }))
    await waitFor(() => expect(screen.getByTestId('sync-row-globex_health')).toHaveTextContent('Ready'))
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('2 rows added, 10 updated')
    expect(screen.queryByTestId('sync-left-undecided')).toBeNull()
    await user.click(screen.getByTestId('create-job'))
    await waitFor(() => expect(fake.platform.copies.globex_health).toMatchObject({ release: 3, edits: [] }))
  })

  it('makes no job of a tenant that could not be planned again', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/fleet/sync?tenant=globex_health')
    await preview(user)
    fake.options.failing = { preview_catalog_sync: { code: 'no_database', reason: 'gone for a moment' } }
    const conflict = await screen.findByTestId('conflict-send-e-mail-1.0')
    await user.click(within(conflict).getByRole('radio', { name: 'Keep the tenant’s' }))
    expect(await screen.findByTestId('error')).toHaveTextContent('gone for a moment')
    expect(screen.getByTestId('create-job')).toBeDisabled()
    fake.options.failing = {}
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.getByTestId('create-job')).toHaveTextContent('Synchronise 5 tenants'))
    expect(screen.getByTestId('create-job')).toBeEnabled()
  })

  it('takes one decision about an atom for all tenants', async () => {
    const platform = examplePlatform()
    const edit = { row: { part: 'version' as const, key: 'webhook', version: '2.0' }, kind: 'edited' as const }
    for (const schema of ['tyrell_insurance', 'initech_freight']) platform.copies[schema]?.edits.push(edit)
    // Release 3 has them as release 2 had them, so they conflict with release 1 alone.
    const { user } = open(platform, '/catalog/fleet/sync?release=1')
    await preview(user)
    await user.click(await screen.findByTestId('outcome-undecided'))
    const undecided = screen.getAllByTestId(/^sync-row-/).length
    expect(undecided).toBeGreaterThan(1)
    await user.click(screen.getAllByTestId(/^sync-row-/)[0] as HTMLElement)
    const [conflict] = await screen.findAllByTestId(/^conflict-/)
    await user.click(within(conflict as HTMLElement).getByRole('radio', { name: 'Keep the tenant’s' }))
    await user.click(await within(conflict as HTMLElement).findByTestId('decide-all'))
    await waitFor(() => expect(screen.queryAllByTestId(/^sync-row-/).length).toBeLessThan(undecided - 1))
  })

  it('asks nothing where it is said what becomes of conflicts', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet/sync?conflicts=keep')
    await preview(user)
    expect(screen.getByTestId('sync-row-globex_health')).toHaveTextContent('Ready')
    expect(screen.getByTestId('create-job')).toHaveTextContent('Synchronise 5 tenants to release 3')
  })

  it('compares every row where receipts are not trusted', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet/sync?rows=all')
    await preview(user)
    expect(screen.getByTestId('sync-row-stark_labs')).toHaveTextContent('Nothing to do')
  })

  it('is for those that are selected', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet')
    await user.click(await screen.findByTestId('choose-copy-row-tyrell_insurance'))
    await user.click(screen.getByTestId('sync-chosen'))
    expect(await screen.findByRole('heading', { name: 'Synchronise Tyrell Insurance' })).toBeInTheDocument()
    await preview(user)
    expect(screen.getAllByTestId(/^sync-row-/)).toHaveLength(1)
  })

  it('of nobody leads back to the fleet', async () => {
    choose(new Set())
    open(examplePlatform(), '/catalog/fleet/sync?of=chosen')
    expect(await screen.findByTestId('empty')).toHaveTextContent('No tenant is selected')
  })

  it('names a tenant that cannot be synchronised, and why', async () => {
    const platform = examplePlatform()
    const tenant = platform.tenants.find(({ schema }) => schema === 'hooli_energy')
    if (tenant) tenant.hasSchema = false
    const { user } = open(platform, '/catalog/fleet/sync?one=hooli_energy&rows=all')
    await user.click(await screen.findByTestId('sync-row-hooli_energy'))
    expect(await screen.findByTestId('sync-detail')).toHaveTextContent('no_atom_tables')
    expect(screen.getByTestId('sync-left-refused')).toHaveTextContent('Hooli Energy cannot be synchronised')
    expect(screen.queryByTestId('create-job')).toBeNull()
  })

  it('goes on when its screen is left, and is found again', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet/sync?conflicts=keep', { pace: 30 })
    await user.click(await screen.findByTestId('sync-preview'))
    await user.click(screen.getByTestId('nav-journal'))
    await user.click(await screen.findByRole('link', { name: /Planning a synchronisation/ }))
    expect(await screen.findByTestId('create-job')).toHaveTextContent('Synchronise 5 tenants')
    expect(place()).toContain('conflicts=keep')
  })

  it('can be stopped while it is previewed', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet/sync', { pace: 40 })
    await user.click(await screen.findByTestId('sync-preview'))
    await user.click(await screen.findByTestId('cancel-task'))
    expect(await screen.findByTestId('error')).toHaveTextContent('Cancelled')
  })
})
