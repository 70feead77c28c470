import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ColumnMapping } from '../../ipc/client'
import { EXAMPLE_CSV } from '../../test/fake/many'
import { emptyPlatform, examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const CSV = '/tenants/csv'
const at = (path: string) => `${CSV}?file=${encodeURIComponent(path)}`
const EXAMPLE = at(EXAMPLE_CSV)

type User = ReturnType<typeof open>['user']

async function tell(user: User, column: number, field: string) {
  await user.click(await screen.findByTestId(`column-${column}`))
  await user.click(await screen.findByRole('option', { name: field }))
}

const row = (line: number) => screen.findByTestId(`csv-row-${line}`)

describe('a file of tenants', () => {
  it('is reached beside New tenant, by a key and from an empty platform', async () => {
    const { user } = open(emptyPlatform())
    await user.click(await screen.findByTestId('start-csv'))
    expect(await screen.findByTestId('csv-path')).toHaveFocus()
    await user.click(screen.getByTestId('close-panel'))
    await waitFor(() => expect(place()).toBe('#/tenants'))
    await user.keyboard('{Control>}{Shift>}n{/Shift}{/Control}')
    expect(await screen.findByTestId('many-empty')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByTestId('many-screen')).toBeNull())
    await user.click(screen.getByTestId('new-many'))
    expect(await screen.findByTestId('many-empty')).toBeInTheDocument()
  })

  it('is chosen, stands in the route, and shows its first rows beneath what its columns seem to be', async () => {
    const { user } = open(examplePlatform(), CSV)
    await user.click(await screen.findByTestId('csv-choose'))
    const columns = await screen.findByTestId('csv-columns')
    expect(place()).toContain(EXAMPLE_CSV)
    expect(within(columns).getByText('signed on Monday')).toBeInTheDocument()
    const fields = [0, 1, 2, 3, 4, 5].map((column) => screen.getByTestId(`column-${column}`).textContent)
    expect(fields).toEqual(['Name', 'Schema', 'Primary domain', 'Aliases', 'Seats', 'Ignored'])
    expect(screen.getByTestId('column-0')).toHaveFocus()
  })

  it.each([
    ['/home/user/missing.csv', 'No such file'],
    ['/home/user/utf16.csv', 'is UTF-16; save it as UTF-8'],
  ])('that cannot be read says why and what would do: %s', async (path, reason) => {
    const { user } = open(examplePlatform(), CSV)
    await user.type(await screen.findByTestId('csv-path'), `${path}{Enter}`)
    const unusable = await screen.findByTestId('csv-unusable')
    expect(unusable).toHaveTextContent(reason)
    expect(unusable).toHaveTextContent('choose another file')
    expect(screen.queryByTestId('create-many')).toBeNull()
    await user.click(screen.getByTestId('csv-choose'))
    expect(await screen.findByTestId('csv-columns')).toBeInTheDocument()
  })

  it('without a column for what every tenant needs says which, until a column is told to be it', async () => {
    const { user } = open(examplePlatform(), at('/home/user/nodomain.csv'))
    expect(await screen.findByTestId('csv-needs')).toHaveTextContent('No column stands for the primary domain')
    expect(screen.getByTestId('create-many')).toBeDisabled()
    await tell(user, 1, 'Primary domain')
    expect(await row(2)).toHaveTextContent('New')
    expect(screen.queryByTestId('csv-needs')).toBeNull()
  })
})

describe('the template of the new tenants', () => {
  it('that is behind the others is told of before anything is created', async () => {
    const lacks = ['workflows.0005_step']
    const advice = [{ finding: 'template_behind' as const, template: 'acme_logistics', tenants: 12, lacks }]
    open({ ...examplePlatform(), advice }, EXAMPLE)
    expect(await screen.findByTestId('plan-finding')).toHaveTextContent('workflows.0005_step')
  })
})

describe('the columns of a file', () => {
  it('lose a field that another column is told to be, unless several may be it', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    await tell(user, 5, 'Name')
    expect(screen.getByTestId('column-5')).toHaveTextContent('Name')
    expect(screen.getByTestId('column-0')).toHaveTextContent('Ignored')
    await tell(user, 0, 'Aliases')
    expect(screen.getByTestId('column-0')).toHaveTextContent('Aliases')
    expect(screen.getByTestId('column-3')).toHaveTextContent('Aliases')
  })

  it('stay as they were told to be when one looks at another screen in between', async () => {
    const { user } = open(examplePlatform(), EXAMPLE)
    await tell(user, 4, 'Ignored')
    await user.click(screen.getByTestId('nav-domains'))
    await screen.findByTestId('search')
    window.history.back()
    expect(await screen.findByTestId('column-4')).toHaveTextContent('Ignored')
  })

  it('that are changed while their rows are looked at never get the verdicts of before', async () => {
    const answers = new Map<string, () => void>()
    const seats = (mapping: ColumnMapping) => (mapping[4]?.field === 'attribute' ? 'with' : 'without')
    const { user } = open(examplePlatform(), EXAMPLE, {
      checking: (mapping) => new Promise<void>((resolve) => answers.set(seats(mapping), resolve)),
    })
    await screen.findByTestId('csv-columns')
    await waitFor(() => expect(answers.has('with')).toBe(true))
    await tell(user, 4, 'Ignored')
    await waitFor(() => expect(answers.has('without')).toBe(true))
    answers.get('without')?.()
    expect(await row(10)).toHaveTextContent('New')
    answers.get('with')?.()
    await waitFor(() => expect(screen.getByTestId('create-many')).toHaveTextContent('Create 4 tenants'))
    expect(await row(10)).toHaveTextContent('New')
  })

  it('that are changed keep the verdicts in view, and nothing is created by them', async () => {
    let answer = () => {}
    const { user, fake } = open(examplePlatform(), EXAMPLE)
    await row(2)
    await waitFor(() => expect(screen.getByTestId('create-many')).toBeEnabled())
    fake.options.checking = () => new Promise<void>((resolve) => (answer = resolve))
    await tell(user, 4, 'Ignored')
    await waitFor(() => expect(screen.getByTestId('csv-checking')).toHaveTextContent('Looking at 10 rows'))
    expect(await row(2)).toBeInTheDocument()
    expect(screen.getByTestId('create-many')).toBeDisabled()
    expect(screen.getByTestId('save-result')).toBeDisabled()
    await waitFor(() => {
      answer()
      expect(screen.getByTestId('create-many')).toBeEnabled()
    })
  })
})
