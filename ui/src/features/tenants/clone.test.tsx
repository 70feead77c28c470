import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { adoptedPlatform, examplePlatform, hostilePlatform } from '../../test/fake/platform'
import { field, open, place } from '../../test/render'

const CLONE = '/tenants?tenant=acme_logistics&panel=clone'

describe('a clone', () => {
  it('is begun from the menu of a tenant, and names it', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=acme_logistics')
    await user.click(await screen.findByTestId('tenant-more'))
    await user.click(await screen.findByTestId('action-clone'))
    const pane = await screen.findByTestId('clone-panel')
    expect(pane).toHaveTextContent('Clone Acme Logistics')
    expect(pane).toHaveTextContent('Made like acme_logistics')
    await waitFor(async () => expect(await field('name')).toHaveFocus())
    await user.keyboard('{Escape}')
    expect(await screen.findByTestId('tenant-detail')).toHaveTextContent('acme_logistics')
  })

  it('is not offered for a tenant without a schema', async () => {
    const { user } = open(hostilePlatform(), '/tenants?tenant=ghost')
    await user.click(await screen.findByTestId('tenant-more'))
    expect(await screen.findByTestId('action-rename')).toBeInTheDocument()
    expect(screen.queryByTestId('action-clone')).toBeNull()
  })

  it('leaves the data behind unless it is told otherwise, and then says what goes along', async () => {
    const { user } = open(examplePlatform(), CLONE)
    const structure = within(await screen.findByTestId('clone-structure')).getByRole('radio')
    expect(structure).toBeChecked()
    expect(screen.queryByTestId('clone-warning')).toBeNull()
    await user.click(screen.getByTestId('clone-data'))
    const warning = await screen.findByTestId('clone-warning')
    expect(warning).toHaveTextContent('All that people have entered for Acme Logistics is copied')
    await waitFor(() => expect(warning).toHaveTextContent('5 tables'))
    await user.type(await field('name'), 'Acme Copy')
    await user.click(screen.getByTestId('preview'))
    expect(await screen.findByTestId('plan')).toHaveTextContent('Like acme_logistics, with all its rows')
  })

  it('needs no domain; it is planned, made and opened', async () => {
    const { user, fake } = open(examplePlatform(), CLONE)
    await user.type(await field('name'), 'Acme Copy')
    await waitFor(async () => expect(await field('schema')).toHaveValue('acme_copy'))
    await user.click(screen.getByTestId('preview'))
    const plan = await screen.findByTestId('plan')
    expect(plan).toHaveTextContent('Like acme_logistics')
    expect(plan).not.toHaveTextContent('with all its rows')
    expect(fake.platform.tenants).toHaveLength(12)
    await user.click(screen.getByTestId('create'))
    expect(await screen.findByTestId('task-result')).toHaveTextContent('Acme Copy was created')
    expect(fake.platform.journal[0]?.kind).toBe('tenant.clone')
    await user.click(screen.getByTestId('open-created'))
    expect(await screen.findByTestId('tenant-detail')).toHaveTextContent('acme_copy')
    expect(place()).not.toContain('panel')
  })

  it('is checked as it is typed, as a new tenant is', async () => {
    const { user } = open(examplePlatform(), CLONE)
    await user.type(await field('name'), 'Globex Health')
    expect(await screen.findByText(/Another tenant has this name/)).toBeInTheDocument()
    await user.type(await field('primary_domain'), 'quantmatrix.ai')
    expect(await screen.findByText(/Choose another primary domain/)).toBeInTheDocument()
    await user.click(screen.getByTestId('preview'))
    await waitFor(async () => expect(await field('name')).toHaveFocus())
    expect(screen.queryByTestId('plan')).toBeNull()
  })

  it('starts with the columns of its source, and asks for none that it gives', async () => {
    const platform = adoptedPlatform()
    const acme = platform.tenants.find(({ schema }) => schema === 'acme_logistics')
    if (acme) acme.attributes = [{ column: 'external_ref', value: 'CRM-17' }]
    open(platform, CLONE)
    await waitFor(async () => expect(await field('external_ref')).toHaveAttribute('placeholder', 'starts as CRM-17'))
    expect(screen.queryByTestId('needed-columns')).toBeNull()
  })

  it('asks at its field for what the plan alone knows that no two tenants may share', async () => {
    const { user, fake } = open(adoptedPlatform(), CLONE)
    await user.type(await field('name'), 'Acme Copy')
    fake.options.failing = {
      plan: {
        code: 'invalid',
        problems: [{ field: 'attributes.external_ref', value: '', rule: { code: 'required' }, suggestion: null }],
      },
    }
    await user.click(screen.getByTestId('preview'))
    await waitFor(async () => expect(await field('external_ref')).toHaveFocus())
    await waitFor(() => expect(screen.getByTestId('form-problems')).toHaveTextContent('One field needs a change first'))
    expect(screen.queryByTestId('plan')).toBeNull()
  })

  it('keeps what was typed for each source by itself, and apart from a new tenant', async () => {
    const { user } = open(examplePlatform(), CLONE)
    await user.type(await field('name'), 'Acme Copy')
    await user.click(screen.getByTestId('new-tenant'))
    await screen.findByTestId('new-tenant-panel')
    expect(await field('name')).toHaveValue('')
    window.history.back()
    await screen.findByTestId('clone-panel')
    expect(await field('name')).toHaveValue('Acme Copy')
  })
})
