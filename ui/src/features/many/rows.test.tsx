import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_CSV, itemsOf, readCsv } from '../../test/fake/many'
import { examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const at = (path: string) => `/tenants/csv?file=${encodeURIComponent(path)}`
const EXAMPLE = at(EXAMPLE_CSV)

const row = (line: number) => screen.findByTestId(`csv-row-${line}`)

describe('the rows of a file', () => {
  it('each have a verdict in plain words, and what is left out', async () => {
    open(examplePlatform(), EXAMPLE)
    expect(await row(2)).toHaveTextContent('New')
    expect(await row(3)).toHaveTextContent('Primary domain: This is a URL.')
    expect(await row(4)).toHaveTextContent('Already there')
    expect(await row(5)).toHaveTextContent('localhost is left out: it is a domain of Quant Matrix AI')
    expect(await row(6)).toHaveTextContent('Name: This is needed.')
    expect(await row(7)).toHaveTextContent('Line 2 has the same name')
    expect(await row(8)).toHaveTextContent('The primary domain quantmatrix.ai belongs to Quant Matrix AI')
    expect(await row(9)).toHaveTextContent('Acme Logistics has this schema already, and differs in')
    expect(await row(10)).toHaveTextContent('Seats: This is not a value of the type integer')
  })

  it('show whatever they hold as text', async () => {
    open(examplePlatform(), EXAMPLE)
    expect(await row(10)).toHaveTextContent('<img src=x onerror=alert(1)>')
    expect(document.querySelector('img[src=x]')).toBeNull()
  })

  it('are counted by verdict, and shown by it; that stands in the route', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    expect(await screen.findByTestId('filter-new')).toHaveTextContent('New 3')
    expect(screen.getByTestId('filter-exists')).toHaveTextContent('Already there 1')
    expect(screen.getByTestId('filter-bad')).toHaveTextContent('Cannot be created 6')
    await user.click(screen.getByTestId('filter-exists'))
    await waitFor(() => expect(screen.getAllByTestId(/^csv-row-\d/)).toHaveLength(1))
    expect(place()).toContain('show=exists')
  })

  it('that are searched for and not there are another state than none at all', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    await row(2)
    await user.type(screen.getByTestId('search'), 'nobody')
    expect(await screen.findByTestId('no-match')).toHaveTextContent('nobody')
    await user.click(within(screen.getByTestId('no-match')).getByRole('button'))
    expect(await row(2)).toBeInTheDocument()
  })

  it('tell all there is to say when they are opened by Enter, and Escape closes that alone', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    const cell = (await row(5)).querySelector<HTMLElement>('[role=gridcell]')
    cell?.focus()
    await user.keyboard('{Enter}')
    const detail = await screen.findByTestId('csv-row-detail')
    expect(detail).toHaveTextContent('Line 5')
    expect(within(detail).getAllByRole('listitem')).toHaveLength(3)
    expect(detail).toHaveTextContent('127.0.0.1 is left out')
    expect(within(detail).getAllByTestId('taken-owner-link')).toHaveLength(2)
    expect(within(screen.getByTestId('csv-rows')).queryAllByRole('link')).toHaveLength(2)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByTestId('csv-row-detail')).toBeNull())
    expect(screen.getByTestId('many-screen')).toBeInTheDocument()
    expect(cell).toHaveFocus()
  })

  it('are few in the document however many the file has', async () => {
    open(examplePlatform(), at('/home/user/large.csv'))
    await row(2)
    expect(screen.getByTestId('filter-all')).toHaveTextContent('All 100,000')
    expect(screen.getAllByTestId(/^csv-row-\d/).length).toBeLessThan(60)
  })
})

describe('creating the tenants of a file', () => {
  it('makes a job of the new rows alone, and shows what became of each', async () => {
    const { user, fake } = open(examplePlatform(), EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('create-many')).toHaveTextContent('Create 3 tenants'))
    expect(fake.platform.tenants).toHaveLength(12)
    await user.click(screen.getByTestId('create-many'))
    expect(await screen.findByTestId('many-job')).toHaveFocus()
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('3 of 3'))
    expect(await screen.findByTestId('filter-created')).toHaveTextContent('Created 3')
    expect(screen.getByTestId('filter-bad')).toHaveTextContent('Cannot be created 6')
    expect(await row(2)).toHaveTextContent('Created')
    expect(fake.platform.tenants).toHaveLength(15)
    expect(screen.queryByTestId('create-many')).toBeNull()
    await user.click(screen.getByTestId('open-job'))
    expect(await screen.findByTestId('job-detail')).toHaveTextContent('Tenant created')
  })

  it('tells which failed and why, and tries those again', async () => {
    const platform = { ...examplePlatform(), stubborn: ['vandelay_industries'] }
    const { user } = open(platform, EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    await user.click(screen.getByTestId('create-many'))
    await waitFor(async () => expect(await row(5)).toHaveTextContent('Failed'))
    expect(await row(5)).toHaveTextContent('lock timeout')
    await user.click(await screen.findByTestId('job-retry'))
    await waitFor(async () => expect(await row(5)).toHaveTextContent('Created'))
  })

  it('still knows what the job created when one comes back later', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    await user.click(screen.getByTestId('create-many'))
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('3 of 3'))
    await user.click(screen.getByTestId('csv-again'))
    await waitFor(() => expect(screen.getByTestId('save-result')).toBeEnabled())
    expect(await row(2)).toHaveTextContent('Created')
    expect(await row(4)).toHaveTextContent('Already there')
  })

  it('has nothing to do where nothing is new, and the button says so', async () => {
    open(examplePlatform(), at('/home/user/known.csv'))
    await waitFor(() => expect(screen.getByTestId('create-many')).toHaveTextContent('Nothing new to create'))
    expect(screen.getByTestId('create-many')).toBeDisabled()
  })

  it('says so where somebody else was faster with every row', async () => {
    const { user, fake } = open(examplePlatform(), EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    const [like] = fake.platform.tenants
    const { mapping } = readCsv(fake.platform, EXAMPLE_CSV)
    for (const { intent } of itemsOf(fake.platform, EXAMPLE_CSV, mapping)) {
      if (like && intent.intent === 'create_tenant') {
        const { schema, name } = intent.request
        fake.platform.tenants.push({ ...like, schema, name })
      }
    }
    await user.click(screen.getByTestId('create-many'))
    expect(await screen.findByTestId('create-gone')).toHaveTextContent('nothing was written')
    await waitFor(() => expect(screen.getByTestId('filter-exists')).toHaveTextContent('Already there 4'))
    expect(screen.getByTestId('create-many')).toHaveTextContent('Nothing new to create')
    expect(fake.platform.jobs).toHaveLength(0)
  })

  it('is refused in place where the platform can only be read', async () => {
    const { user } = open(examplePlatform(), EXAMPLE, {
      failing: { create_from_csv: { code: 'read_only', reason: { why: 'standby' } } },
    })
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    await user.click(screen.getByTestId('create-many'))
    expect(await screen.findByTestId('error')).toHaveTextContent('can only be read')
    expect(await row(2)).toBeInTheDocument()
  })
})

describe('the result file', () => {
  it('is written after the dry run alone, and says where', async () => {
    const { user, fake } = open(examplePlatform(), EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('save-result')).toBeEnabled())
    await user.click(screen.getByTestId('save-result'))
    await waitFor(() =>
      expect(screen.getByTestId('result-saved')).toHaveTextContent('Saved as /home/user/new-tenants-result.csv'),
    )
    expect(fake.saved).toEqual([{ path: EXAMPLE_CSV, job: null, target: '/home/user/new-tenants-result.csv' }])
  })

  it('has what became of the job', async () => {
    const { user, fake } = open(examplePlatform(), EXAMPLE)
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    await user.click(screen.getByTestId('create-many'))
    await waitFor(() => expect(screen.getByTestId('job-progress')).toHaveTextContent('3 of 3'))
    await user.click(screen.getByTestId('save-result'))
    await waitFor(() => expect(fake.saved).toHaveLength(1))
    expect(fake.saved[0]?.job).toBe(fake.platform.jobs[0]?.id)
  })

  it('that cannot be written says so in its own words', async () => {
    const { user } = open(examplePlatform(), EXAMPLE, {
      failing: { save_csv_result: { code: 'file', path: '/srv/x.csv', reason: 'Permission denied (os error 13)' } },
    })
    await waitFor(() => expect(screen.getByTestId('save-result')).toBeEnabled())
    await user.click(screen.getByTestId('save-result'))
    const error = await screen.findByTestId('error')
    expect(error).toHaveTextContent('/srv/x.csv could not be written')
    expect(error).toHaveTextContent('Permission denied')
  })
})
