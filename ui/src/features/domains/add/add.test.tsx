import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { plan } from '../../../test/fake/plans'
import { addDomain, examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

const GLOBEX = '/tenants?tenant=globex_health'

async function type(input: string, platform = examplePlatform()) {
  const opened = open(platform, GLOBEX)
  await opened.user.click(await screen.findByTestId('domain-input'))
  await opened.user.paste(input)
  return opened
}

const verdict = (outcome: string) =>
  waitFor(() => {
    const found = screen.getByTestId('domain-verdict')
    expect(found).toHaveAttribute('data-outcome', outcome)
    return found
  })

async function expectNoViolations() {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

describe('the field for a new domain', () => {
  it.each([
    ['https://Cart.Globex-Health.example:8443/pay?x=1', 'cart.globex-health.example', 'taken out of a URL'],
    ['cart.globex-health.example:8000', 'cart.globex-health.example', 'without the port'],
    ['Cart.Globex-Health.EXAMPLE.', 'cart.globex-health.example', 'in lower case'],
    ['www.cart-globex.example', 'cart-globex.example', 'without www.'],
    ['bücher.example', 'xn--bcher-kva.example', 'shown as bücher.example'],
  ])('says what is stored of %s, and why', async (input, stored, why) => {
    const { user, fake } = await type(input)
    const said = await verdict('free')
    expect(said).toHaveTextContent(`stored as ${stored}`)
    expect(said).toHaveTextContent(why)
    expect(said).toHaveTextContent(`requests for ${stored}`)
    await user.click(screen.getByTestId('domain-add'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.domains.some(({ domain }) => domain === stored)).toBe(true)
  })

  it.each([
    ['shop.other.example', 'a subdomain of other.example'],
    ['other.example', 'no CNAME record can stand there'],
    ['portal.internal', 'only your own DNS'],
    ['dev.localhost', 'on the developer’s own machine only'],
    ['10.0.0.5', 'on the developer’s own machine only'],
  ])('says where %s stands', async (input, words) => {
    await type(input)
    expect(await verdict('free')).toHaveTextContent(words)
  })

  it('names whose name a new one could be taken for', async () => {
    await type('qvantmatrix.ai')
    expect(await verdict('free')).toHaveTextContent('People could take it for quantmatrix.ai of Quant Matrix AI')
  })

  it('says what will not do, and takes what would with one click', async () => {
    const { user } = await type('my_shop.example')
    expect(await screen.findByText(/Django refuses host names with an underscore/)).toBeInTheDocument()
    await user.click(screen.getByTestId('use-suggestion'))
    expect(screen.getByTestId('domain-input')).toHaveValue('my-shop.example')
    await verdict('free')
  })

  it('answers the newest input alone', async () => {
    const { user } = await type('first.example')
    await user.clear(screen.getByTestId('domain-input'))
    await user.paste('second.example')
    await waitFor(() => expect(screen.getByTestId('domain-verdict')).toHaveTextContent('second.example'))
    expect(screen.queryByText(/first\.example/)).toBeNull()
  })

  it('takes a list, with a line for each name, and adds those that are free', async () => {
    const { user, fake } = await type('one.example\nTwo.example, localhost\none.example\nbad_name.example')
    expect(screen.getByTestId('domain-input')).toHaveValue(
      'one.example Two.example, localhost one.example bad_name.example',
    )
    await waitFor(() => expect(screen.getByTestId('domain-list-count')).toHaveTextContent('2 of 5 names'))
    const lines = screen.getAllByTestId('domain-list-row')
    expect(lines.map((line) => line.dataset.outcome)).toEqual(['free', 'free', 'taken', 'twice', 'invalid'])
    expect(lines[2]).toHaveTextContent('Quant Matrix AI, left out')
    await user.click(screen.getByTestId('domain-add'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    const added = fake.platform.domains.filter(({ owner }) => owner.schema === 'globex_health').map((of) => of.domain)
    expect(added).toEqual(expect.arrayContaining(['one.example', 'two.example']))
  })

  it('leads more than fifty lines to the import, and takes the text along', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => `shop-${at}.example`).join('\n')
    const { user } = await type(lines)
    expect(await screen.findByTestId('domain-many')).toHaveTextContent('60 lines were pasted')
    expect(screen.getByTestId('domain-add')).toBeDisabled()
    await user.click(screen.getByTestId('open-import'))
    await waitFor(() => expect(place()).toContain('/domains/import'))
    expect(await screen.findByTestId('import-row-0')).toHaveTextContent('shop-0.example')
    expect(screen.getByTestId('import-apply')).toHaveTextContent('Import 60 domains')
    await user.click(screen.getByTestId('import-back'))
    expect(await screen.findByDisplayValue(/shop-59\.example/)).toBeInTheDocument()
  })

  it('asks for a proof where the platform does, or for a reason', async () => {
    const platform = examplePlatform()
    platform.policy.proofRequired = true
    const { user, fake } = await type('proven.example', platform)
    await verdict('unproven')
    const proof = screen.getByTestId('domain-proof')
    expect(proof).toHaveTextContent('_tenantry.proven.example')
    expect(within(proof).getByRole('button', { name: 'Copy Name' })).toBeInTheDocument()
    expect(within(proof).getByRole('button', { name: 'Copy Value' })).toBeInTheDocument()
    expect(screen.getByTestId('domain-add')).toBeDisabled()
    await user.type(screen.getByTestId('approval'), 'signed contract 4711')
    await user.click(screen.getByTestId('domain-add'))
    expect(await screen.findByText(/signed contract 4711/)).toBeInTheDocument()
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.domains.some(({ domain }) => domain === 'proven.example')).toBe(true)
  })

  it('is in a dialog of its own that asks for the tenant too', async () => {
    const { user, fake } = open(examplePlatform(), '/domains')
    await user.click(await screen.findByTestId('domains-add'))
    const dialog = await screen.findByTestId('add-domain-dialog')
    await user.type(within(dialog).getByTestId('domain-input'), 'fresh.example')
    expect(screen.getByTestId('domain-add')).toBeDisabled()
    await user.type(screen.getByTestId('add-tenant'), 'globex')
    await user.click(await screen.findByTestId('pick-globex_health'))
    await expectNoViolations()
    await user.click(screen.getByTestId('domain-add'))
    await user.click(await screen.findByTestId('plan-back'))
    expect(await screen.findByTestId('domain-input')).toHaveValue('fresh.example')
    await user.click(screen.getByTestId('domain-add'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(fake.platform.domains.find(({ domain }) => domain === 'fresh.example')?.owner.schema).toBe('globex_health')
  })

  it('has nothing that axe finds, for a name and for a list', async () => {
    const { user } = await type('https://shop.acme-logistics.example/x')
    await screen.findByTestId('domain-verdict')
    await expectNoViolations()
    await user.clear(screen.getByTestId('domain-input'))
    await user.paste('a.example b.example')
    await screen.findByTestId('domain-list')
    await expectNoViolations()
  })
})

describe('a conflict', () => {
  const TAKEN = 'quantmatrix.ai'

  async function sheet(domain = TAKEN) {
    const opened = await type(domain)
    await opened.user.click(await screen.findByTestId('conflict-more'))
    return { ...opened, sheet: await screen.findByTestId('conflict-sheet') }
  }

  it('names the owner in one line, with a link', async () => {
    const { user } = await type(TAKEN)
    const line = await screen.findByTestId('domain-conflict')
    expect(line).toHaveTextContent('Primary domain of Quant Matrix AI, given by the platform’s own application')
    await user.click(screen.getByTestId('taken-owner-link'))
    await waitFor(() => expect(place()).toContain('tenant=Quant_Matrix_AI_Schema'))
  })

  it('tells whose it is, since when and by whom, and is what Enter leads to', async () => {
    const { user } = await type('x')
    const platform = examplePlatform()
    const held = platform.domains.find(({ domain }) => domain.startsWith('shop.') && !domain.includes('globex'))
    await user.clear(screen.getByTestId('domain-input'))
    await user.type(screen.getByTestId('domain-input'), `${held?.domain}{Enter}`)
    const found = await screen.findByTestId('conflict-sheet')
    await waitFor(() => expect(found).toHaveTextContent('alias'))
    expect(found).toHaveTextContent('3 Mar 2026')
    expect(found).toHaveTextContent('ana')
    await expectNoViolations()
  })

  it('leads to the owner', async () => {
    const { user } = await sheet()
    await user.click(screen.getByTestId('conflict-open'))
    await waitFor(() => expect(place()).toContain('tenant=Quant_Matrix_AI_Schema'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is moved here after its plan, which says what the owner loses', async () => {
    const { user, fake, sheet: found } = await sheet()
    expect(found).toHaveTextContent('loses its primary domain; localhost becomes primary there')
    await user.click(screen.getByTestId('conflict-move'))
    const plan = await screen.findByTestId('plan')
    expect(plan).toHaveTextContent(TAKEN)
    expect(plan).toHaveTextContent('Primary domain')
    expect(screen.getByTestId('apply-plan')).toHaveTextContent('Move 1 domain to Globex Health')
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    expect(await screen.findByTestId(`domain-row-${TAKEN}`)).toBeInTheDocument()
    expect(fake.platform.domains.find(({ domain }) => domain === TAKEN)?.owner.schema).toBe('globex_health')
    expect(screen.getByTestId('domain-input')).toHaveValue('')
  })

  it('says so where the owner would be left with none', async () => {
    const platform = examplePlatform()
    const lonely = platform.tenants.find(({ domains }) => domains === 1)
    const { user } = await type(lonely?.primaryDomain ?? '', platform)
    await user.click(await screen.findByTestId('conflict-more'))
    expect(await screen.findByText(/is left without any domain/)).toBeInTheDocument()
  })

  it('gives the cursor back for another name, and offers free ones', async () => {
    const { user } = await sheet()
    await user.click(await screen.findByTestId('conflict-use-app.quantmatrix.ai'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(screen.getByTestId('domain-input')).toHaveFocus())
    expect(screen.getByTestId('domain-input')).toHaveValue('app.quantmatrix.ai')
    await verdict('free')
  })

  it('is the answer to a plan that has gone stale for it', async () => {
    const { user, fake } = await type('hot.example')
    await verdict('free')
    await user.click(screen.getByTestId('domain-add'))
    await screen.findByTestId('apply-plan')
    const [other] = fake.platform.tenants
    if (!other) throw new Error('there is no tenant')
    addDomain(fake.platform, other, 'hot.example', false)
    const request = { schema: 'globex_health', domains: ['hot.example'], onTaken: 'skip' as const }
    const fresh = plan(fake.platform, { intent: 'add_domains', request })
    fake.options.failing = { apply: { code: 'stale', fresh } }
    await user.click(screen.getByTestId('apply-plan'))
    expect(await screen.findByTestId('conflict-race')).toHaveTextContent(other.name)
    await user.click(screen.getByTestId('conflict-close'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByTestId('domain-input')).toHaveValue('hot.example')
  })

  it('is the answer to a race too', async () => {
    const { user, fake } = await type('hot.example')
    await verdict('free')
    await user.click(screen.getByTestId('domain-add'))
    await screen.findByTestId('apply-plan')
    const [other] = fake.platform.tenants
    if (!other) throw new Error('there is no tenant')
    addDomain(fake.platform, other, 'hot.example', false)
    const { schema, name } = other
    fake.options.failing = { apply: { code: 'domain_taken', domain: 'hot.example', owner: { schema, name } } }
    await user.click(screen.getByTestId('apply-plan'))
    expect(await screen.findByTestId('conflict-race')).toHaveTextContent(name)
    fake.options.failing = {}
    await user.click(await screen.findByTestId('conflict-move'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.domains.find(({ domain }) => domain === 'hot.example')?.owner.schema).toBe('globex_health')
  })
})
