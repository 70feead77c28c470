import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { emptyPlatform, examplePlatform, hostilePlatform, largePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const rows = () => screen.getAllByTestId(/^tenant-row-/)

describe('the list of tenants', () => {
  it('says that there is nothing yet', async () => {
    open(emptyPlatform())
    expect(await screen.findByTestId('start-create')).toBeInTheDocument()
    expect(screen.getByTestId('empty')).toBeInTheDocument()
    for (const other of ['loading', 'error', 'no-match']) expect(screen.queryByTestId(other)).toBeNull()
  })

  it('says that it is loading', async () => {
    open(examplePlatform(), '/tenants', { pace: 400 })
    expect(await screen.findByTestId('loading')).toBeInTheDocument()
    for (const other of ['empty', 'error', 'no-match']) expect(screen.queryByTestId(other)).toBeNull()
  })

  it('says what failed, and tries again', async () => {
    const failing = { list_tenants: { code: 'no_database' as const, reason: 'the server did not answer in time' } }
    const { user, fake } = open(examplePlatform(), '/tenants', { failing })
    expect(await screen.findByTestId('error')).toHaveTextContent('the server did not answer in time')
    for (const other of ['empty', 'loading', 'no-match']) expect(screen.queryByTestId(other)).toBeNull()
    fake.options.failing = {}
    await user.click(screen.getByText('Try again'))
    expect(await screen.findByTestId('tenant-row-globex_health')).toBeInTheDocument()
  })

  it('keeps what it shows when asking again fails, and tells the failure', async () => {
    const { user, fake } = open(examplePlatform(), '/tenants?tenant=globex_health')
    await screen.findByTestId('tenant-row-globex_health')
    fake.options.failing = { list_tenants: { code: 'no_database', reason: 'the server went away' } }
    await user.click(await screen.findByTestId('domain-primary-shop.globex-health.example'))
    await user.click(await screen.findByTestId('apply-plan'))
    await waitFor(() => expect(screen.getByText('the server went away')).toBeInTheDocument())
    expect(screen.getByTestId('tenant-row-globex_health')).toBeInTheDocument()
  })

  it('says that nothing matches, and lets the search be cleared', async () => {
    const { user } = open(examplePlatform())
    await user.type(await screen.findByTestId('search'), 'nobody')
    expect(await screen.findByTestId('no-match')).toHaveTextContent('nobody')
    for (const other of ['empty', 'loading', 'error']) expect(screen.queryByTestId(other)).toBeNull()
    await user.click(screen.getByText('Clear the search'))
    expect(rows()).toHaveLength(12)
  })

  it('finds a tenant by name, schema, any domain, and a pasted URL; the search stands in the route', async () => {
    const { user } = open(examplePlatform())
    const search = await screen.findByTestId('search')
    for (const [query, schema] of [
      ['tyrell ins', 'tyrell_insurance'],
      ['Quant_Matrix', 'Quant_Matrix_AI_Schema'],
      ['127.0.0.1', 'Quant_Matrix_AI_Schema'],
      ['https://www.stark-labs.example/login', 'stark_labs'],
    ] as const) {
      await user.clear(search)
      await user.type(search, query)
      await waitFor(() => expect(rows().map((row) => row.dataset.testid)).toEqual([`tenant-row-${schema}`]))
    }
    await waitFor(() => expect(place()).toContain('stark-labs'))
  })

  it('shows few rows of ten thousand, and counts them all', async () => {
    open(largePlatform())
    const grid = await screen.findByRole('grid')
    expect(grid).toHaveAttribute('aria-rowcount', '10001')
    expect(rows().length).toBeLessThan(60)
  })

  it('sorts by any column, and the other way round', async () => {
    const { user } = open(examplePlatform())
    const column = await screen.findByTestId('sort-domains')
    await user.click(column)
    await waitFor(() => expect(column).toHaveAttribute('aria-sort', 'ascending'))
    await user.click(column)
    await waitFor(() => expect(column).toHaveAttribute('aria-sort', 'descending'))
    expect(rows()[0]).toHaveAttribute('aria-rowindex', '2')
    expect(rows()[0]).toHaveTextContent('3')
    expect(place()).toContain('sort=domains&dir=desc')
  })

  it('is walked with the keys: one tab stop, arrows, Enter', async () => {
    const { user } = open(examplePlatform())
    const grid = await screen.findByRole('grid')
    const first = within(grid).getAllByRole('gridcell')[0]
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    first?.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}')
    expect(document.activeElement).toHaveAttribute('data-cell', '2:1')
    await user.keyboard('{ArrowUp}{Home}')
    expect(document.activeElement).toHaveAttribute('data-cell', '1:0')
    await user.keyboard('{Control>}{End}{/Control}')
    expect(document.activeElement).toHaveAttribute('data-cell', '11:7')
    await user.keyboard('{Control>}{Home}{/Control}{Enter}')
    await waitFor(() => expect(screen.getByTestId('tenant-detail')).toHaveTextContent('Acme Logistics'))
    expect(screen.getByTestId('tenant-row-acme_logistics')).toHaveAttribute('aria-selected', 'true')
  })

  it('shows whatever a name holds as text', async () => {
    const { container } = open(hostilePlatform())
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeInTheDocument()
    expect(container.querySelector('img[src=x]')).toBeNull()
    expect(screen.getByText('abc\u202Edef reversed').tagName).toBe('BDI')
  })
})

describe('the page of a tenant', () => {
  it('is beside the list, has its tabs in the route, and is closed by Escape', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=Quant_Matrix_AI_Schema')
    await screen.findByTestId('domain-row-quantmatrix.ai')
    expect(rows().length).toBe(12)
    await user.click(screen.getByTestId('tab-tables'))
    expect(await screen.findByTestId('tables')).toHaveTextContent('atoms_atom')
    expect(place()).toContain('tab=tables')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByTestId('tenant-detail')).toBeNull())
  })

  it('says what its catalog lacks, and leads to its synchronisation', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=umbrella_steel&tab=catalog')
    expect(await screen.findByTestId('tenant-catalog')).toHaveTextContent('Lacks 4 atoms and 4 versions of release 3')
    await user.click(screen.getByTestId('tenant-sync'))
    expect(await screen.findByTestId('sync-row-umbrella_steel')).toHaveTextContent('Ready')
  })

  it('says that a schema is missing', async () => {
    open(hostilePlatform(), '/tenants?tenant=ghost&tab=tables')
    expect(await screen.findByText(/names a schema that is not in the database/)).toBeInTheDocument()
  })
})
