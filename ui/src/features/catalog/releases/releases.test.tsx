import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../../../test/axe'
import { emptyPlatform, examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

describe('the releases of the catalog', () => {
  it('are listed, with the one where new tenants start', async () => {
    open(examplePlatform(), '/catalog/releases')
    const row = await screen.findByTestId('release-row-3')
    expect(row).toHaveTextContent('Start, and what it needs.')
    expect(within(row).getByRole('img', { name: 'New tenants start here' })).toBeInTheDocument()
    expect(screen.getAllByTestId(/^release-row-/)).toHaveLength(3)
    expect(screen.getByTestId('catalog-tab-releases')).toHaveAttribute('aria-current', 'page')
    expect(screen.getByTestId('catalog-tab-master')).not.toHaveAttribute('aria-current')
    await expectAccessible()
  })

  it('get another one once its plan was read', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/releases')
    expect(await screen.findByTestId('unreleased')).toHaveTextContent('3 rows not released yet')
    await user.click(screen.getByTestId('release-make'))
    await user.type(await screen.findByTestId('release-notes'), 'Hooks that wait')
    await user.click(screen.getByTestId('release-preview'))
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('No rows added, 3 changed, none removed')
    expect(fake.platform.releases).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Make release 4' }))
    expect(await screen.findByTestId('task-result')).toHaveTextContent('Release 4 is made')
    expect(fake.platform.releases[0]).toMatchObject({ number: 4, notes: 'Hooks that wait' })
    expect(await screen.findByTestId('release-row-4')).toBeInTheDocument()
  })

  it('plan anew when the notes were changed after the plan was read', async () => {
    const { user } = open(examplePlatform(), '/catalog/releases?panel=make')
    await user.type(await screen.findByTestId('release-notes'), 'One')
    await user.click(screen.getByTestId('release-preview'))
    await screen.findByTestId('apply-plan')
    await user.type(screen.getByTestId('release-notes'), ' and two')
    expect(screen.queryByTestId('apply-plan')).toBeNull()
  })

  it('get none where nothing has changed, and say so', async () => {
    const platform = examplePlatform()
    platform.catalog = structuredClone(platform.releases[0]?.catalog ?? platform.catalog)
    open(platform, '/catalog/releases')
    expect(await screen.findByTestId('unreleased')).toHaveTextContent('Nothing has changed since release 3')
    expect(screen.getByTestId('release-make')).toBeDisabled()
  })

  it('say what a release is where there is none', async () => {
    open(emptyPlatform(), '/catalog/releases')
    expect(await screen.findByTestId('empty')).toHaveTextContent('The catalog has no release yet')
    expect(screen.queryByTestId('release-make')).toBeNull()
  })

  it('are where new tenants start, the newest or one that stays', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/releases')
    await user.click(await screen.findByTestId('start-release'))
    await user.click(await screen.findByRole('option', { name: 'Release 2' }))
    await user.click(await screen.findByRole('button', { name: 'Start new tenants at release 2' }))
    await screen.findByTestId('task-result')
    expect(fake.platform.startRelease).toBe(2)
  })
})

describe('the difference between two releases', () => {
  it('is told in a sentence a row, and field by field beside it', async () => {
    const { user } = open(examplePlatform(), '/catalog/releases?before=3&after=0')
    const row = await screen.findByTestId('difference-webhook')
    expect(row).toHaveTextContent('Atom webhook has another description')
    await user.click(row)
    const detail = await screen.findByTestId('difference-detail')
    expect(detail).toHaveTextContent('Webhook.')
    expect(detail).toHaveTextContent('Webhook, as every tenant has it.')
    expect(place()).toContain('row=')
  })

  it('stands in the route, and is turned round', async () => {
    const { user } = open(examplePlatform(), '/catalog/releases?before=2&after=3')
    expect(await screen.findByTestId('difference-start')).toHaveTextContent('New atom start')
    await user.click(screen.getByTestId('difference-swap'))
    await waitFor(() => expect(screen.getByTestId('difference-start')).toHaveTextContent('Atom start is gone'))
    expect(place()).toContain('before=3')
  })

  it('is a table with a line a field, filtered by kind and by text', async () => {
    const { user } = open(examplePlatform(), '/catalog/releases?before=2&after=3&as=table')
    expect(await screen.findByTestId('difference-start-category')).toHaveTextContent('General')
    await user.click(screen.getByTestId('filter-changed'))
    await waitFor(() => expect(screen.queryByTestId('difference-start-category')).toBeNull())
    expect(screen.getAllByTestId(/^difference-/).length).toBeGreaterThan(2)
    await user.type(screen.getByRole('searchbox'), 'nothing has this')
    expect(await screen.findByTestId('no-match')).toBeInTheDocument()
  })

  it('of a release and itself is none', async () => {
    open(examplePlatform(), '/catalog/releases?before=2&after=2')
    expect(await screen.findByTestId('empty')).toHaveTextContent('The two are the same')
  })

  it('names a release that is not there', async () => {
    open(examplePlatform(), '/catalog/releases?before=2&after=9')
    expect(await screen.findByTestId('error')).toHaveTextContent('The catalog has no release 9')
  })
})
