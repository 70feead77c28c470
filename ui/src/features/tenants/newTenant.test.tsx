import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../ipc/client'
import { emptyPlatform, examplePlatform } from '../../test/fake/platform'
import { field, open, place } from '../../test/render'

const NEW = '/tenants?panel=new'

async function fill(user: ReturnType<typeof open>['user'], name: string, primary: string) {
  await user.type(await field('name'), name)
  await user.type(await field('primary_domain'), primary)
}

describe('the form of a new tenant', () => {
  it('suggests a schema from the name until the schema was edited', async () => {
    const { user } = open(emptyPlatform(), NEW)
    await user.type(await field('name'), 'Acme Foods')
    await waitFor(async () => expect(await field('schema')).toHaveValue('acme_foods'))

    const schema = await field('schema')
    await user.clear(schema)
    await user.type(schema, 'Acme_Schema')
    await user.type(await field('name'), ' Ltd')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(schema).toHaveValue('Acme_Schema')

    await user.click(screen.getByTestId('suggest-again'))
    await waitFor(() => expect(schema).toHaveValue('acme_foods_ltd'))
  })

  it('says nothing of a field that nobody has been in, and everything when a preview is asked for', async () => {
    const { user } = open(emptyPlatform(), NEW)
    await user.type(await field('name'), 'Acme')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(screen.queryByText('This is needed.')).toBeNull()

    await user.click(screen.getByTestId('preview'))
    expect(await screen.findByText('This is needed.')).toBeInTheDocument()
    expect(screen.queryByTestId('plan')).toBeNull()
    expect(document.activeElement).toHaveAttribute('name', 'primary_domain')

    // Not even until the engine has looked again.
    await user.type(await field('primary_domain'), 'a')
    expect(screen.queryByText('This is needed.')).toBeNull()
  })

  it('offers what would do in the place of what will not', async () => {
    const { user } = open(emptyPlatform(), NEW)
    await fill(user, 'Acme', 'https://acme.example/shop')
    await user.click(await screen.findByTestId('use-suggestion'))
    expect(await field('primary_domain')).toHaveValue('acme.example')
    expect(await screen.findByText('Free')).toBeInTheDocument()
  })

  it('shows the form in which a domain is stored, and why', async () => {
    const { user } = open(emptyPlatform(), NEW)
    await fill(user, 'Acme', 'Shop.ACME-Foods.example.')
    const verdict = await screen.findByTestId('domain-verdict')
    expect(verdict).toHaveTextContent('Free, and stored as shop.acme-foods.example')
    expect(verdict).toHaveTextContent('in lower case')
    expect(verdict).toHaveTextContent('without the dot at its end')
  })

  it('names the owner of a taken alias and links to it; the form is still there when one comes back', async () => {
    const { user } = open(examplePlatform(), NEW)
    await fill(user, 'Acme Foods', 'acme-foods.example')
    await user.click(screen.getByTestId('alias-localhost'))
    const owner = await screen.findByTestId('taken-owner-link')
    expect(owner).toHaveTextContent('Quant Matrix AI')

    await user.click(owner)
    expect(await screen.findByTestId('tenant-detail')).toHaveTextContent('Quant_Matrix_AI_Schema')
    window.history.back()
    expect(await field('name')).toHaveValue('Acme Foods')
    expect(await field('aliases.0')).toHaveValue('localhost')
  })
})

describe('creating a tenant', () => {
  it('shows what will be created and what is left out, makes it, and says so', async () => {
    const { user, fake } = open(examplePlatform(), NEW)
    await fill(user, 'Acme Foods', 'acme-foods.example')
    await user.click(screen.getByTestId('alias-localhost'))
    await user.click(screen.getByTestId('alias-127'))
    await user.click(screen.getByTestId('preview'))

    const plan = await screen.findByTestId('plan')
    expect(within(plan).getAllByTestId('plan-finding')).toHaveLength(2)
    expect(within(plan).getAllByTestId('taken-owner-link')[0]).toHaveTextContent('Quant Matrix AI')
    expect(fake.platform.tenants).toHaveLength(12)

    await user.click(screen.getByTestId('create'))
    const result = await screen.findByTestId('task-result')
    expect(result).toHaveAttribute('data-outcome', 'done')
    expect(result).toHaveTextContent('Acme Foods was created')
    expect(await screen.findByTestId('tenant-row-acme_foods')).toBeInTheDocument()

    await user.click(screen.getByTestId('open-created'))
    expect(await screen.findByTestId('domain-row-acme-foods.example')).toHaveAttribute('data-primary', 'true')
    expect(place()).toContain('tenant=acme_foods')
  })

  it('can be cancelled while it waits for a lock, which it tells in words; nothing is written', async () => {
    const { user, fake } = open(examplePlatform(), NEW, { pace: 15, locked: true })
    await fill(user, 'Acme Foods', 'acme-foods.example')
    await user.click(screen.getByTestId('preview'))
    await user.click(await screen.findByTestId('create'))
    await waitFor(() =>
      expect(screen.getByTestId('task-progress')).toHaveTextContent('gunicorn (django, process 4121)'),
    )
    await user.click(screen.getByTestId('cancel-task'))
    const result = await screen.findByTestId('task-result')
    expect(result).toHaveAttribute('data-outcome', 'cancelled')
    expect(result).toHaveTextContent('Nothing was written')
    expect(fake.platform.tenants).toHaveLength(12)
  })

  it('has nothing to do the second time, and says so', async () => {
    const { user } = open(examplePlatform(), NEW)
    await user.type(await field('schema'), 'Quant_Matrix_AI_Schema')
    await fill(user, 'Quant Matrix AI', 'quantmatrix.ai')
    await user.click(screen.getByTestId('preview'))
    expect(await screen.findByTestId('plan-nothing')).toHaveTextContent('Nothing to do')
    expect(screen.getByTestId('plan')).toHaveTextContent('Quant Matrix AI exists already')
    expect(screen.queryByTestId('create')).toBeNull()
  })

  it('is refused when the primary domain is taken, naming the owner', async () => {
    const { user, fake } = open(examplePlatform(), NEW)
    await fill(user, 'Acme Foods', 'quantmatrix.ai')
    expect(await screen.findByText(/Choose another primary domain/)).toBeInTheDocument()
    await user.click(screen.getByTestId('preview'))
    const error = await screen.findByTestId('error')
    expect(error).toHaveTextContent('quantmatrix.ai belongs to Quant Matrix AI')
    expect(within(error).getByTestId('taken-owner-link')).toBeInTheDocument()
    expect(fake.platform.tenants).toHaveLength(12)
  })

  it('shows the fresh plan when the platform has changed since', async () => {
    const { user, fake } = open(examplePlatform(), NEW)
    await fill(user, 'Acme Foods', 'acme-foods.example')
    await user.click(screen.getByTestId('preview'))
    await screen.findByTestId('create')
    const fresh: Plan = {
      intent: { intent: 'remove_domain', request: { domain: 'x' } },
      subject: 'acme_foods',
      changes: [{ change: 'add_domain', schema: 'acme_foods', domain: 'the-only-one.example', primary: true }],
      findings: [],
      basis: [],
      inverse: null,
      hash: 'fresh',
    }
    fake.options.failing = { apply: { code: 'stale', fresh } }
    await user.click(screen.getByTestId('create'))
    expect(await screen.findByTestId('plan-stale')).toHaveTextContent('has changed')
    expect(screen.getAllByTestId('plan-change')).toHaveLength(1)
    expect(screen.getByTestId('plan')).toHaveTextContent('the-only-one.example')
    expect(screen.getByTestId('create')).toBeInTheDocument()
  })
})
