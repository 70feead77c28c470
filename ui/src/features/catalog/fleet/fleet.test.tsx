import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible } from '../../../test/axe'
import { emptyPlatform, examplePlatform, largePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

describe('the fleet', () => {
  it('counts the tenants in each state, and filters by one', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet')
    expect(await screen.findByTestId('state-all')).toHaveTextContent('All 12')
    expect(screen.getByTestId('state-behind')).toHaveTextContent('Behind3')
    await user.click(screen.getByTestId('state-conflicting'))
    await waitFor(() => expect(screen.getAllByTestId(/^copy-row-/)).toHaveLength(1))
    expect(screen.getByTestId('copy-row-globex_health')).toHaveTextContent('Conflicting')
    expect(place()).toContain('show=conflicting')
    await expectAccessible()
  })

  it('is seen from another release', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet')
    await waitFor(() => expect(screen.getByTestId('copy-row-tyrell_insurance')).toHaveTextContent('Behind'))
    await user.click(screen.getByTestId('fleet-release'))
    await user.click(await screen.findByRole('option', { name: 'Release 2' }))
    await waitFor(() => expect(screen.getByTestId('copy-row-tyrell_insurance')).toHaveTextContent('In step'))
    expect(place()).toContain('release=2')
  })

  it('shows few rows of ten thousand', async () => {
    open(largePlatform(), '/catalog/fleet')
    expect(await screen.findByTestId('state-all')).toHaveTextContent('All 10,000')
    expect(screen.getAllByTestId(/^copy-row-/).length).toBeLessThan(60)
  })

  it('leads to the releases where there is none', async () => {
    open(emptyPlatform(), '/catalog/fleet')
    expect(await screen.findByTestId('empty')).toHaveTextContent('The catalog has no release yet')
  })

  it('says what failed', async () => {
    open(examplePlatform(), '/catalog/fleet', {
      failing: { catalog_fleet: { code: 'no_database', reason: 'the server did not answer in time' } },
    })
    expect(await screen.findByTestId('error')).toHaveTextContent('the server did not answer in time')
  })

  it('seen from a release that is not there leads to the newest', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet?release=9')
    expect(await screen.findByTestId('error')).toHaveTextContent('The catalog has no release 9')
    await user.click(screen.getByRole('button', { name: 'See it from the newest' }))
    expect(await screen.findByTestId('state-all')).toBeInTheDocument()
  })

  it('has every row compared, and can be stopped', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog/fleet', { pace: 40 })
    await user.click(await screen.findByTestId('compare-all'))
    await user.click(await screen.findByTestId('cancel-task'))
    await waitFor(() => expect(screen.getByTestId('comparison')).toHaveTextContent('Cancelled'))
    fake.options.pace = 0
    await user.click(screen.getByTestId('compare-all'))
    await waitFor(() => expect(screen.getByTestId('comparison')).toHaveTextContent('Every row of 11 tenants'))
  })

  it('names versions with two contents, and who has which', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet')
    expect(await screen.findByTestId('clashes')).toHaveTextContent('send-e-mail 1.0')
    await user.click(screen.getByTestId('clashes-open'))
    const pane = await screen.findByTestId('clash-panel')
    await user.click(within(pane).getByRole('link', { name: 'Wayne Optics' }))
    const copy = await screen.findByTestId('copy-detail')
    expect(await within(copy).findByTestId('copy-difference-send-e-mail-1.0')).toHaveTextContent('Edited')
    expect(within(copy).queryAllByTestId(/^copy-difference-/)).toHaveLength(1)
  })
})

describe('the copy of a tenant', () => {
  it('is compared row by row and field by field', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet')
    await user.click(await screen.findByTestId('copy-row-globex_health'))
    const row = await screen.findByTestId('copy-difference-send-e-mail-1.0')
    expect(row).toHaveTextContent('Both changed')
    expect(row).toHaveTextContent('"maximum": 25')
    expect(screen.getAllByTestId('receipt')[0]).toHaveTextContent('release 1')
  })

  it('that is as the release says has no rows to show', async () => {
    open(examplePlatform(), '/catalog/fleet?tenant=acme_logistics')
    expect(await screen.findByTestId('copy-same')).toHaveTextContent('Just as release 3 says')
  })

  it('is shown as far as one atom goes, and whole again', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet?tenant=globex_health&atom=webhook')
    await screen.findByTestId('copy-rows')
    expect(screen.getAllByTestId(/^copy-difference-/)).toHaveLength(3)
    await user.click(screen.getByTestId('copy-atom-clear'))
    await waitFor(() => expect(screen.getAllByTestId(/^copy-difference-/).length).toBeGreaterThan(3))
  })
})

describe('the heat map', () => {
  it('says of every cell what it is, and leads from there to the rows', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet?view=heat')
    const cell = await screen.findByRole('gridcell', { name: 'send-e-mail at Globex Health: conflicting' })
    expect(cell).toHaveTextContent('!')
    await user.hover(cell)
    expect(screen.getByTestId('heat-tip')).toHaveTextContent('send-e-mail at Globex Health: conflicting')
    await user.click(cell)
    await screen.findByTestId('copy-atom')
    expect(place()).toContain('tenant=globex_health')
    expect(place()).toContain('atom=send-e-mail')
    await expectAccessible()
  })

  it('is walked with the keys: one tab stop, arrows, Enter', async () => {
    const { user } = open(examplePlatform(), '/catalog/fleet?view=heat')
    const grid = await screen.findByTestId('heat')
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    const first = grid.querySelector<HTMLElement>('[tabindex="0"]')
    first?.focus()
    await user.keyboard('{ArrowDown}{ArrowRight}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-cell', '1:1'))
    expect(document.activeElement).toHaveAccessibleName('webhook at Hooli Energy: edited')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(place()).toContain('tenant=hooli_energy'))
    expect(place()).toContain('atom=webhook')
  })

  it('has few cells of thousands in the document, and the keys reach all', async () => {
    const { user } = open(largePlatform(), '/catalog/fleet?view=heat')
    const grid = await screen.findByTestId('heat')
    expect(Number(grid.getAttribute('aria-colcount'))).toBeGreaterThan(5000)
    expect(grid.querySelectorAll('[role=gridcell]').length).toBeLessThan(3000)
    grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    await user.keyboard('{End}')
    const last = Number(grid.getAttribute('aria-colcount'))
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-colindex', String(last)))
  })
})

describe('the pictures', () => {
  beforeEach(() => {
    // There is nothing to draw on.
    HTMLCanvasElement.prototype.getContext = () => null
  })

  it('have a title, a sentence, and their figures as a table', async () => {
    open(examplePlatform(), '/catalog/fleet?view=pictures')
    const history = await screen.findByRole('figure', { name: 'Tenants by release' })
    expect(history).toHaveAccessibleDescription(/9 of 11 tenants that were ever synchronised were at release 3/)
    const sizes = await screen.findByRole('figure', { name: 'Size of the releases' })
    expect(within(sizes).getByRole('table', { hidden: true })).toHaveTextContent('Release 3913')
    const atoms = await screen.findByRole('figure', { name: 'Atoms that differ most' })
    expect(atoms).toHaveAccessibleDescription('send-e-mail is not in step at 7 tenants.')
    await expectAccessible()
  })
})
