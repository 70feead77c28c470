import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

const IMPORT = '/domains/import'

/** The file of the fake, which has every verdict at least once. */
async function readFile(platform = examplePlatform()) {
  const opened = open(platform, IMPORT)
  await opened.user.click(await screen.findByTestId('import-choose'))
  await screen.findByTestId('import-row-0')
  return opened
}

async function paste(text: string) {
  const opened = open(examplePlatform(), IMPORT)
  await opened.user.click(await screen.findByRole('textbox', { name: 'Domains' }))
  await opened.user.paste(text)
  await opened.user.click(screen.getByTestId('import-read'))
  return opened
}

const row = (place: number) => screen.findByTestId(`import-row-${place}`)

async function expectNoViolations() {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

describe('the dry run of an import', () => {
  it('has a verdict for every row, and why', async () => {
    await readFile()
    expect(await row(0)).toHaveTextContent('New')
    expect(await row(1)).toHaveTextContent('other.globex-health.example')
    expect(await row(2)).toHaveTextContent('Becomes primary')
    expect(await row(3)).toHaveTextContent('Same')
    expect(await row(4)).toHaveTextContent('Left outPrimary domain of Quant Matrix AI')
    expect(await row(6)).toHaveTextContent('InvalidThis is a URL')
    expect(await row(7)).toHaveTextContent('Line 2 has the same domain')
    expect(await row(8)).toHaveTextContent('No tenant has the schema or the name nobody_at_all')
    expect(screen.getByTestId('import-apply')).toHaveTextContent('Import only the 3 that are valid')
    expect(screen.getByTestId('import-bad')).toHaveTextContent('4 rows stand in the way')
    await expectNoViolations()
  })

  it('is filtered by verdict, in the route', async () => {
    const { user } = await readFile()
    expect(screen.getByTestId('filter-skipped')).toHaveTextContent('Left out 2')
    await user.click(screen.getByTestId('filter-invalid'))
    await waitFor(() => expect(screen.getAllByTestId(/^import-row-\d/)).toHaveLength(2))
    expect(place()).toContain('show=invalid')
  })

  it('mends many rows at once, and takes that back', async () => {
    const { user } = await readFile()
    await user.click(screen.getByTestId('mend-suggested'))
    await waitFor(async () => expect(await row(6)).toHaveTextContent('cart.globex-health.example'))
    await waitFor(async () => expect(await row(6)).toHaveTextContent('New'))
    expect(screen.queryByTestId('mend-suggested')).toBeNull()
    await user.click(screen.getByTestId('mend-repeats'))
    await waitFor(() => expect(screen.queryByTestId('import-row-7')).toBeNull())
    await user.click(screen.getByTestId('mend-move'))
    await waitFor(async () => expect(await row(4)).toHaveTextContent('Moved here'))
    expect(screen.getByTestId('mend-skip')).toHaveTextContent('Skip all that others have (2)')
    await user.click(screen.getByTestId('mend-restore'))
    await waitFor(async () => expect(await row(6)).toHaveTextContent('Invalid'))
  })

  it('decides for one row alone what becomes of a taken domain', async () => {
    const { user } = await readFile()
    await user.click(await row(4))
    const detail = await screen.findByTestId('import-row-detail')
    expect(within(detail).getAllByRole('link', { name: 'Quant Matrix AI' })).toHaveLength(1)
    await user.click(within(detail).getByTestId('row-move'))
    await waitFor(async () => expect(await row(4)).toHaveTextContent('Moved here'))
    expect(await row(5)).toHaveTextContent('Left out')
    await expectNoViolations()
    await user.click(within(detail).getByTestId('row-fail'))
    await waitFor(() => expect(screen.getByTestId('filter-stops')).toHaveTextContent('Stops all 1'))
  })

  it('lets a row be mended by hand: its name, its tenant, or not at all', async () => {
    const { user } = await readFile()
    await user.click(await row(9))
    const field = await screen.findByTestId('row-domain')
    await user.clear(field)
    await user.type(field, 'good-name.example')
    await waitFor(async () => expect(await row(9)).toHaveTextContent('New'))
    expect(screen.getByTestId('row-domain')).toHaveValue('good-name.example')
    await user.click(await row(8))
    await user.type(await screen.findByTestId('row-tenant'), 'acme log')
    await user.click(await screen.findByTestId('pick-acme_logistics'))
    await waitFor(async () => expect(await row(8)).toHaveTextContent('New'))
    await user.click(screen.getByTestId('row-drop'))
    await waitFor(() => expect(screen.queryByTestId('import-row-8')).toBeNull())
  })

  it('gives rows that name no tenant one for all', async () => {
    const { user } = await paste('a.example\nb.example')
    expect(await row(0)).toHaveTextContent('No tenant is named')
    await user.type(screen.getByTestId('import-tenant'), 'globex')
    await user.click(await screen.findByTestId('pick-globex_health'))
    await waitFor(async () => expect(await row(1)).toHaveTextContent('New'))
    expect(screen.getByTestId('import-apply')).toHaveTextContent('Import 2 domains…')
  })

  it('lets columns stand for something else', async () => {
    const { user } = await paste('web,who\nx.example,globex_health')
    expect(await screen.findByText(/the first column is taken/)).toBeInTheDocument()
    await user.click(screen.getByTestId('import-column-1'))
    await user.click(await screen.findByRole('option', { name: 'Tenant' }))
    await waitFor(async () => expect(await row(0)).toHaveTextContent('New'))
  })

  it('asks once for a reason where the platform wants proof', async () => {
    const platform = examplePlatform()
    platform.policy.proofRequired = true
    const { user } = await readFile(platform)
    expect(await row(0)).toHaveTextContent('Not proven')
    await user.click(await row(0))
    expect(await screen.findByTestId('import-row-detail')).toHaveTextContent('_tenantry.new.globex-health.example')
    await user.type(screen.getByTestId('approval'), 'moved from the old platform')
    await waitFor(async () => expect(await row(0)).toHaveTextContent('New'))
    expect(screen.getByTestId('approval')).toHaveValue('moved from the old platform')
  })

  it('shows five thousand rows, few of them in the document', async () => {
    const { user } = await paste(Array.from({ length: 5000 }, (_, at) => `n${at}.example,globex_health`).join('\n'))
    expect(await row(0)).toHaveTextContent('New')
    expect(screen.getByTestId('filter-all')).toHaveTextContent('All 5,000')
    expect(screen.getAllByTestId(/^import-row-\d/).length).toBeLessThan(60)
    await user.type(screen.getByTestId('search'), 'n4999.')
    expect(await screen.findByTestId('import-row-4999')).toBeInTheDocument()
  })
})

describe('an import', () => {
  it('writes the valid rows after their plan, and then all of them are there', async () => {
    const { user, fake } = await readFile()
    await user.click(screen.getByTestId('import-apply'))
    expect(await screen.findByTestId('plan')).toHaveTextContent('new.globex-health.example')
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(async () => expect(await row(0)).toHaveTextContent('Same'))
    expect(fake.platform.tenants.find(({ schema }) => schema === 'globex_health')?.primaryDomain).toBe(
      'shop.globex-health.example',
    )
    await waitFor(() => expect(screen.getByTestId('import-apply')).toHaveTextContent('Nothing to import'))
  })

  it('saves the rows with their verdicts', async () => {
    const { user, fake } = await readFile()
    await user.click(screen.getByTestId('import-save'))
    await waitFor(() => expect(screen.getByTestId('import-saved')).toHaveTextContent('/home/user/domains-import.csv'))
    expect(fake.savedImports[0]?.request.rows).toHaveLength(10)
  })

  it('loses nothing that was typed, whatever goes wrong', async () => {
    const { user } = await paste('[{"domain": ')
    expect(await screen.findByTestId('import-unusable')).toHaveTextContent('is no JSON')
    await user.click(screen.getByTestId('import-back'))
    expect(await screen.findByRole('textbox', { name: 'Domains' })).toHaveValue('[{"domain": ')
    await user.click(screen.getByTestId('nav-tenants'))
    await screen.findByTestId('tenant-row-globex_health')
    window.location.hash = `#${IMPORT}`
    expect(await screen.findByRole('textbox', { name: 'Domains' })).toHaveValue('[{"domain": ')
  })

  it('takes a file that is dropped on the window', async () => {
    open(examplePlatform(), IMPORT)
    await screen.findByTestId('import-screen')
    const file = new File(['domain,tenant\nd.example,globex_health\n'], 'more.csv', { type: 'text/csv' })
    const dataTransfer = { types: ['Files'], files: [file] }
    fireEvent.dragOver(window, { dataTransfer })
    expect(await screen.findByTestId('import-drop')).toBeInTheDocument()
    fireEvent.drop(window, { dataTransfer })
    expect(await row(0)).toHaveTextContent('d.example')
    expect(screen.getByTestId('import-screen')).toHaveTextContent('more.csv')
    expect(screen.queryByTestId('import-drop')).toBeNull()
  })

  it('says so when a dropped file is no UTF-8', async () => {
    open(examplePlatform(), IMPORT)
    await screen.findByTestId('import-screen')
    const file = new File([new Uint8Array([0xff, 0xfe, 0x61, 0x00])], 'utf16.csv')
    fireEvent.drop(window, { dataTransfer: { types: ['Files'], files: [file] } })
    expect(await screen.findByTestId('drop-failed')).toHaveTextContent('Save it as UTF-8')
  })

  it('has nothing that axe finds before anything is read', async () => {
    open(examplePlatform(), IMPORT)
    await screen.findByTestId('import-screen')
    await expectNoViolations()
  })
})
