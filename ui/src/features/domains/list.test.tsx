import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../../test/axe'
import { emptyPlatform, examplePlatform, largePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const rows = () => screen.getAllByTestId(/^domain-row-/)
const words = () => screen.getByTestId('choice-words')
const check = (domain: string) => screen.findByTestId(`choose-domain-row-${domain}`)

describe('all domains', () => {
  it('come a window at a time, the first at once', async () => {
    const { fake } = open(largePlatform(), '/domains')
    expect(await screen.findByTestId('domain-row-acme-energy-0.example')).toHaveTextContent('Acme Energy 0')
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '20001')
    expect(fake.calls).not.toContain('list_domains')
    await expectAccessible()
  })

  it('are fetched where one scrolls to, and chosen from one end of the view to the other', async () => {
    const { user } = open(largePlatform(), '/domains')
    await user.click(await check('acme-energy-0.example'))
    const grid = screen.getByRole('grid')
    grid.scrollTop = 32 * 1000
    fireEvent.scroll(grid)
    await waitFor(() => expect(grid.querySelector('[aria-busy]')).not.toBeNull())
    await waitFor(() => expect(grid.querySelector('[aria-rowindex="1002"] input')).not.toBeNull())
    const box = grid.querySelector('[aria-rowindex="1002"] input') as Element
    await user.keyboard('{Shift>}')
    await user.click(box)
    await user.keyboard('{/Shift}')
    await waitFor(() => expect(words()).toHaveTextContent('1,001 selected of 20,000'))
  })

  it('say that there are none', async () => {
    open(emptyPlatform(), '/domains')
    expect(await screen.findByTestId('empty')).toHaveTextContent('No domains yet')
  })

  it('tell what failed, and try again', async () => {
    const failing = { find_domains: { code: 'no_database' as const, reason: 'the server did not answer in time' } }
    const { user, fake } = open(examplePlatform(), '/domains', { failing })
    expect(await screen.findByTestId('error')).toHaveTextContent('the server did not answer in time')
    fake.options.failing = {}
    await user.click(screen.getByText('Try again'))
    expect(await screen.findByTestId('domain-row-localhost')).toBeInTheDocument()
  })

  it('are narrowed by states with counts, which stand in the search and in the route', async () => {
    const { user } = open(examplePlatform(), '/domains')
    const chip = await screen.findByTestId('state-unreachable')
    expect(chip).toHaveTextContent('Unreachable 1')
    await user.click(chip)
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(screen.getByTestId('search')).toHaveValue('state:unreachable')
    await waitFor(() => expect(place()).toContain('q=state:unreachable'))
    await user.click(screen.getByTestId('state-all'))
    await waitFor(() => expect(rows().length).toBeGreaterThan(10))
    expect(screen.getByTestId('search')).toHaveValue('')
  })

  it('lead to their tenants', async () => {
    const { user } = open(examplePlatform(), '/domains?q=shop.globex')
    await user.click(await screen.findByRole('link', { name: 'Globex Health' }))
    expect(await screen.findByTestId('tenant-detail')).toHaveTextContent('globex_health')
  })

  it('show an international name in both of its forms', async () => {
    open(examplePlatform(), '/domains?q=xn--')
    const row = await screen.findByTestId('domain-row-xn--mnchen-3ya.example')
    expect(row).toHaveTextContent('münchen.example')
    expect(row).toHaveTextContent('xn--mnchen-3ya.example')
  })

  it('keep what they show while a new search is under way', async () => {
    const { user } = open(examplePlatform(), '/domains', { pace: 300 })
    const search = await screen.findByTestId('search')
    await screen.findByTestId('domain-row-localhost')
    await user.type(search, '*.ai')
    expect(screen.getByTestId('domain-row-localhost')).toBeInTheDocument()
    expect(screen.queryByTestId('loading')).toBeNull()
    await waitFor(() => expect(screen.queryByTestId('domain-row-localhost')).toBeNull())
    expect(rows()).toHaveLength(1)
    await user.clear(search)
    await user.type(search, 'nobody.example')
    expect(await screen.findByTestId('no-match')).toHaveTextContent('nobody.example')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  })

  it('are sorted by the engine', async () => {
    const { user } = open(examplePlatform(), '/domains')
    await user.click(await screen.findByTestId('sort-domain'))
    await waitFor(() => expect(rows()[0]).toHaveTextContent('127.0.0.1'))
    expect(place()).toContain('sort=domain')
  })
})

describe('the search', () => {
  it('offers what can be said in it', async () => {
    const { user } = open(examplePlatform(), '/domains')
    const search = await screen.findByTestId('search')
    await user.type(search, 'shop st')
    await user.click(await screen.findByTestId('suggest-state:'))
    expect(search).toHaveValue('shop state:')
    await user.type(search, 'exp')
    expect(await screen.findByTestId('suggest-state:expiring')).toHaveTextContent('within three weeks')
    await expectAccessible()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(search).toHaveValue('shop state:expiring ')
  })

  it('finds tenants by name, and says their schema', async () => {
    const { user } = open(examplePlatform(), '/domains')
    const search = await screen.findByTestId('search')
    await user.type(search, 'tenant:quant')
    await user.click(await screen.findByTestId('suggest-tenant:Quant_Matrix_AI_Schema'))
    expect(search).toHaveValue('tenant:Quant_Matrix_AI_Schema ')
    await waitFor(() => expect(rows()).toHaveLength(3))
  })

  it('is kept under a name, opened, renamed and deleted', async () => {
    const { user } = open(examplePlatform(), '/domains?q=kind:dev&sort=domain&dir=desc')
    await screen.findByTestId('domain-row-localhost')
    await user.click(screen.getByTestId('views'))
    await user.type(await screen.findByTestId('view-name'), 'On my machine')
    await user.click(screen.getByTestId('view-save'))
    await waitFor(() => expect(screen.getByTestId('views')).toHaveTextContent('On my machine'))
    await user.clear(screen.getByTestId('search'))
    await waitFor(() => expect(rows().length).toBeGreaterThan(10))
    await waitFor(() => expect(screen.getByTestId('views')).toHaveTextContent('Views'))
    await user.click(screen.getByTestId('views'))
    await user.click(await screen.findByTestId('view-rename-On my machine'))
    await user.clear(screen.getByTestId('view-name'))
    await user.type(screen.getByTestId('view-name'), 'Mine{Enter}')
    await expectAccessible()
    await user.click(await screen.findByTestId('view-Mine'))
    await waitFor(() => expect(rows()).toHaveLength(2))
    expect(place()).toContain('sort=domain&dir=desc')
    await user.click(screen.getByTestId('views'))
    await user.click(await screen.findByTestId('view-delete-Mine'))
    expect(screen.queryByTestId('view-Mine')).toBeNull()
  })
})

describe('the selection', () => {
  it('says exactly what is selected, and what of it a search leaves out', async () => {
    const { user } = open(examplePlatform(), '/domains?q=globex')
    await user.click(await check('globex-health.example'))
    expect(words()).toHaveTextContent('1 selected of 3 matching, 21 in all')
    await user.click(screen.getByTestId('choice-all'))
    await waitFor(() => expect(words()).toHaveTextContent('3 selected of 3 matching, 21 in all'))
    expect(screen.queryByTestId('choice-all')).toBeNull()
    await user.click(await check('globex-health.example'))
    expect(words()).toHaveTextContent('2 selected of 3 matching')
    const search = screen.getByTestId('search')
    await user.clear(search)
    await user.type(search, 'shop.')
    await waitFor(() =>
      expect(words()).toHaveTextContent('2 selected, 1 of them outside this search, which finds 5 of 21'),
    )
    await expectAccessible()
    await user.click(screen.getByTestId('choice-clear'))
    expect(screen.queryByTestId('choice-bar')).toBeNull()
  })

  it('takes all that match by name, however many', async () => {
    const { user } = open(largePlatform(), '/domains?q=acme')
    await user.click(await screen.findByTestId('choose-all'))
    await waitFor(() => expect(words()).toHaveTextContent('2,000 selected of 2,000 matching, 20,000 in all'))
  })

  it('is moved to a tenant that is searched for, after its plan, and back', async () => {
    const { user, fake } = open(examplePlatform(), '/domains')
    for (const domain of ['globex-health.example', 'hooli-energy.example']) await user.click(await check(domain))
    await user.click(screen.getByTestId('choice-move'))
    await user.type(await screen.findByTestId('move-to'), 'stark')
    await user.click(await screen.findByTestId('pick-stark_labs'))
    const dialog = await screen.findByRole('dialog')
    await within(dialog).findByText(/Hooli Energy/)
    expect(dialog).toHaveTextContent('Hooli Energy is left without any domain')
    expect(dialog).toHaveTextContent('was the primary domain there, is an alias here')
    const apply = screen.getByTestId('apply-plan')
    expect(apply).toHaveTextContent('Move 2 domains to Stark Labs')
    await expectAccessible()
    await user.click(apply)
    expect(await screen.findByTestId('task-result')).toHaveTextContent('2 domains moved to Stark Labs')
    const ownerOf = (name: string) => fake.platform.domains.find(({ domain }) => domain === name)?.owner.schema
    expect(ownerOf('hooli-energy.example')).toBe('stark_labs')
    await user.click(screen.getByTestId('move-undo'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(ownerOf('hooli-energy.example')).toBe('hooli_energy')
    expect(fake.platform.domains.find(({ domain }) => domain === 'globex-health.example')?.primary).toBe(true)
    expect(screen.queryByTestId('choice-bar')).toBeNull()
  })

  it('shows the first of a thousand moves, how many more, and what follows from them', async () => {
    const { user } = open(largePlatform(), '/domains?q=acme')
    await user.click(await screen.findByTestId('choose-all'))
    await user.click(await screen.findByTestId('choice-move'))
    await user.type(await screen.findByTestId('move-to'), 'globex_energy_0')
    await user.click(await screen.findByTestId('pick-globex_energy_0'))
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Move 2,000 domains to Globex Energy 0')
    expect(screen.getAllByTestId('plan-change').length).toBeLessThan(100)
    expect(screen.getAllByTestId('plan-finding').length).toBeLessThan(100)
    expect(screen.getAllByTestId('plan-more').at(-1)).toHaveTextContent('1,970 more, show 500 of them')
  })

  it('asks for a reason where the platform asks for a proof', async () => {
    const refusal = { why: 'proof_needed' as const, record: '_tenantry.localhost', value: 'token' }
    const { user, fake } = open(examplePlatform(), '/domains?q=localhost')
    await user.click(await check('localhost'))
    await user.click(screen.getByTestId('choice-move'))
    fake.options.failing = { plan: { code: 'refused', subject: 'localhost', ...refusal } }
    await user.type(await screen.findByTestId('move-to'), 'stark')
    await user.click(await screen.findByTestId('pick-stark_labs'))
    expect(await screen.findByTestId('error')).toHaveTextContent('_tenantry.localhost')
    fake.options.failing = {}
    await user.type(screen.getByTestId('move-reason'), 'Known by telephone')
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Move 1 domain to Stark Labs')
  })
})

describe('the menu of a domain', () => {
  it('opens by a right click, by Shift+F10 and by its button, and gives the focus back', async () => {
    const { user } = open(examplePlatform(), '/domains')
    const row = await screen.findByTestId('domain-row-shop.globex-health.example')
    const cell = within(row).getAllByRole('gridcell')[1] ?? row
    await user.pointer({ keys: '[MouseRight]', target: cell })
    expect(await screen.findByRole('menu')).toHaveTextContent('Open Globex Health')
    await expectAccessible()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    cell.focus()
    await user.keyboard('{Shift>}{F10}{/Shift}')
    expect(await screen.findByRole('menu')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(cell).toHaveFocus())
    await user.click(screen.getByTestId('more-shop.globex-health.example'))
    await user.click(await screen.findByTestId('domain-action-primary'))
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('Primary domain')
  })

  it('moves all that are selected where it is opened on one of them', async () => {
    const { user } = open(examplePlatform(), '/domains')
    for (const domain of ['localhost', 'quantmatrix.ai']) await user.click(await check(domain))
    await user.click(screen.getByTestId('more-localhost'))
    expect(await screen.findByTestId('domain-action-move')).toHaveTextContent('Move 2 domains to…')
    await user.click(screen.getByTestId('domain-action-move'))
    expect(await screen.findByRole('dialog')).toHaveTextContent('Move 2 domains')
  })

  it('removes a domain after its plan', async () => {
    const { user, fake } = open(examplePlatform(), '/domains?q=shop.globex')
    await user.click(await screen.findByTestId('more-shop.globex-health.example'))
    await user.click(await screen.findByTestId('domain-action-remove'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.domains.some(({ domain }) => domain === 'shop.globex-health.example')).toBe(false)
  })
})
