import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

type User = ReturnType<typeof open>['user']

const ACME = '/tenants?tenant=acme_logistics'

async function act(user: User, action: string) {
  await user.click(await screen.findByTestId('tenant-more'))
  await user.click(await screen.findByTestId(`action-${action}`))
}

async function apply(user: User) {
  await user.click(await screen.findByTestId('apply-plan'))
  return screen.findByTestId('task-result')
}

describe('the life of a tenant', () => {
  it('is suspended and resumed after a plan was read', async () => {
    const { user, fake } = open(examplePlatform(), ACME)
    const acme = () => fake.platform.tenants.find(({ schema }) => schema === 'acme_logistics')
    await act(user, 'suspend')
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('stops serving')
    expect(screen.getByTestId('apply-plan')).toHaveTextContent('Suspend Acme Logistics')
    expect(acme()?.isActive).toBe(true)
    await apply(user)
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(screen.getByTestId('tenant-detail')).toHaveTextContent('Suspended'))
    await act(user, 'resume')
    await apply(user)
    expect(acme()?.isActive).toBe(true)
  })

  it('gets another name and schema, and its page follows', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=globex_health')
    await act(user, 'rename')
    const name = await screen.findByTestId('rename-name')
    const schema = screen.getByTestId('rename-schema')
    await user.clear(schema)
    await user.type(schema, '9 lives')
    expect(await screen.findByText(/letters a to z/)).toBeInTheDocument()
    expect(screen.queryByTestId('apply-plan')).toBeNull()
    await user.clear(schema)
    await user.type(schema, 'acme_logistics')
    expect(await screen.findByText(/exists already. Choose another/)).toBeInTheDocument()
    await user.clear(schema)
    await user.type(schema, 'globex_care')
    await user.clear(name)
    await user.type(name, 'Globex Care')
    await waitFor(() => expect(screen.getAllByTestId('plan-change')).toHaveLength(2))
    expect(screen.getByTestId('plan-finding')).toHaveTextContent('audit_row')
    await apply(user)
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(place()).toContain('tenant=globex_care'))
    expect(await screen.findByTestId('tenant-row-globex_care')).toHaveTextContent('Globex Care')
  })

  it('is deleted into the trash and comes back with its domains', async () => {
    const { user, fake } = open(examplePlatform(), ACME)
    await act(user, 'delete')
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Delete Acme Logistics')
    expect(screen.getAllByTestId('plan-change').map(({ dataset }) => dataset.change)).toEqual([
      'move_to_trash',
      'park_domains',
    ])
    await apply(user)
    await user.click(screen.getByTestId('open-trash'))
    await user.click(await screen.findByTestId('trash-row-acme_logistics'))
    expect(await screen.findByTestId('trash-detail')).toHaveTextContent('acme-logistics.example')
    await user.click(screen.getByTestId('trash-restore'))
    await apply(user)
    await user.click(screen.getByTestId('open-restored'))
    expect(await screen.findByTestId('tenant-detail')).toHaveTextContent('Acme Logistics')
    expect(fake.platform.domains.some(({ domain }) => domain === 'acme-logistics.example')).toBe(true)
  })

  it('comes back with another schema where the former one is in use', async () => {
    const { user, fake } = open(examplePlatform(), ACME)
    await act(user, 'delete')
    await apply(user)
    const other = fake.platform.tenants.find(({ schema }) => schema === 'hooli_energy')
    if (other) other.schema = 'acme_logistics'
    await user.click(screen.getByTestId('open-trash'))
    await user.click(await screen.findByTestId('restore-acme_logistics'))
    const schema = await screen.findByTestId('restore-schema')
    expect(schema).toHaveValue('acme_logistics_2')
    await user.clear(schema)
    await user.type(schema, 'acme_again')
    await waitFor(() => expect(screen.getByTestId('plan')).toHaveTextContent('acme_again'))
    await apply(user)
    expect(fake.platform.tenants.some(({ schema: name }) => name === 'acme_again')).toBe(true)
  })

  it('ends for good only after its schema was typed', async () => {
    const { user, fake } = open(examplePlatform(), ACME)
    await act(user, 'delete')
    await apply(user)
    await user.click(screen.getByTestId('open-trash'))
    await user.click(await screen.findByTestId('purge-acme_logistics'))
    expect(await screen.findByTestId('plan-finding')).toHaveTextContent('no way back')
    const confirm = screen.getByTestId('confirm')
    await user.click(screen.getByTestId('apply-plan'))
    expect(fake.platform.trash).toHaveLength(1)
    await user.type(confirm, 'acme_logistics')
    await apply(user)
    expect(fake.platform.trash).toHaveLength(0)
  })

  it('is refused with its reason', async () => {
    const platform = examplePlatform()
    platform.blueprint = { hasFiles: true, template: 'acme_logistics', reference: [] }
    const { user } = open(platform, ACME)
    await act(user, 'delete')
    expect(await screen.findByTestId('error')).toHaveTextContent('New tenants are made from it')
    expect(screen.queryByTestId('apply-plan')).toBeNull()
  })

  it('is not opened by the menu in its row', async () => {
    const { user } = open(examplePlatform())
    await user.click(await screen.findByTestId('more-acme_logistics'))
    expect(await screen.findByTestId('action-delete')).toBeInTheDocument()
    expect(place()).not.toContain('tenant=')
  })
})

describe('many tenants', () => {
  const words = () => screen.getByTestId('choice-words')

  it('are chosen one by one, from one to another, and all of a filter; the bar says what is chosen', async () => {
    const { user } = open(examplePlatform())
    await user.click(await screen.findByTestId('choose-tenant-row-acme_logistics'))
    expect(words()).toHaveTextContent('1 of 12 tenants selected')
    await user.keyboard('{Shift>}')
    await user.click(screen.getByTestId('choose-tenant-row-initech_freight'))
    await user.keyboard('{/Shift}')
    expect(words()).toHaveTextContent('4 of 12 tenants selected')
    expect(place()).not.toContain('tenant=')
    await user.click(screen.getByTestId('choice-clear'))
    expect(screen.queryByTestId('choice-bar')).toBeNull()
    await user.type(screen.getByTestId('search'), 'globex')
    await waitFor(() => expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(1))
    await user.click(screen.getByTestId('choose-all'))
    expect(words()).toHaveTextContent('1 tenant selected, all of the filter')
    await user.clear(screen.getByTestId('search'))
    await user.click(screen.getByTestId('choose-all'))
    expect(words()).toHaveTextContent('All 12 tenants are selected')
    await user.click(screen.getByTestId('filter-suspended'))
    await waitFor(() => expect(words()).toHaveTextContent('11 of them outside the filter'))
  })

  it('are chosen with the keys', async () => {
    const { user } = open(examplePlatform())
    const grid = await screen.findByRole('grid')
    within(grid).getAllByRole('gridcell')[0]?.focus()
    await user.keyboard(' {Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(words()).toHaveTextContent('3 of 12')
    await user.keyboard('{Control>}a{/Control}')
    expect(words()).toHaveTextContent('All 12')
  })

  it('are reviewed before a job is made; what cannot be done is left out with its reason', async () => {
    const platform = examplePlatform()
    platform.blueprint = { hasFiles: true, template: 'acme_logistics', reference: [] }
    const { user, fake } = open(platform)
    await user.click(await screen.findByTestId('choose-all'))
    await user.click(screen.getByTestId('choice-delete'))
    expect(await screen.findByTestId('create-job')).toHaveTextContent('Delete 11 tenants')
    expect(screen.getByTestId('review-summary')).toHaveTextContent('1 is left out')
    expect(screen.getByTestId('review-row-acme_logistics')).toHaveTextContent('New tenants are made from it')
    await user.click(screen.getByTestId('review-row-stark_labs'))
    expect(await screen.findByTestId('review-plan')).toHaveTextContent('kept in the trash')
    expect(fake.platform.trash).toHaveLength(0)
    await user.click(screen.getByTestId('create-job'))
    expect(await screen.findByTestId('job-detail')).toHaveTextContent('Tenant deleted')
    await waitFor(() => expect(fake.platform.trash.length).toBeGreaterThan(8))
  })

  it('are verified, and no others', async () => {
    const { user } = open(examplePlatform())
    await user.click(await screen.findByTestId('choose-tenant-row-acme_logistics'))
    await user.click(screen.getByTestId('choose-tenant-row-globex_health'))
    await user.click(screen.getByTestId('choice-verify'))
    await screen.findByTestId('verify-result')
    expect(screen.getAllByTestId(/^verify-row-/)).toHaveLength(2)
  })
})
