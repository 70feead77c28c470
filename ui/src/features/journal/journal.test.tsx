import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { plan, write } from '../../test/fake/plans'
import { examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

/** A platform on which every tenant was suspended and resumed, so many times. */
function withHistory(rounds: number) {
  const platform = examplePlatform()
  for (let round = 0; round < rounds; round += 1) {
    for (const { schema } of platform.tenants) {
      for (const active of [false, true]) {
        write(platform, plan(platform, { intent: 'set_active', request: { schema, active } }))
      }
    }
  }
  return platform
}

describe('the journal', () => {
  it('is searched by the engine, by words and by kind', async () => {
    const { user } = open(withHistory(1), '/journal')
    await user.type(await screen.findByTestId('search'), 'globex')
    await waitFor(() => expect(screen.getAllByTestId(/^journal-row-/)).toHaveLength(2))
    expect(place()).toContain('q=globex')
    await user.click(screen.getByTestId('journal-kind'))
    await user.click(await screen.findByRole('option', { name: 'Tenant suspended' }))
    await waitFor(() => expect(screen.getAllByTestId(/^journal-row-/)).toHaveLength(1))
    expect(place()).toContain('kind=tenant.suspend')
  })

  it('shows an old entry that is not among the newest', async () => {
    open(withHistory(10), '/journal?entry=2')
    expect(await screen.findByTestId('journal-detail')).toHaveTextContent('Entry 2')
  })

  it('goes on with older entries when one comes to its end', async () => {
    const { user } = open(withHistory(10), '/journal')
    await screen.findByTestId('journal-row-240')
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '101')
    screen.getByTestId('journal-row-240').querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    await user.keyboard('{Control>}{End}{/Control}')
    await waitFor(() => expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '201'))
  })

  it('takes an operation back after its plan was read, and says so', async () => {
    const { user, fake } = open(withHistory(1), '/journal?entry=24')
    await user.click(await screen.findByTestId('undo'))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByTestId('plan-change')).toHaveTextContent('stops serving')
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    expect(fake.platform.tenants.filter(({ isActive }) => !isActive).length).toBeGreaterThan(0)
    await user.click(await screen.findByTestId('undone-by'))
    await waitFor(() => expect(screen.getByTestId('journal-detail')).toHaveTextContent('Entry 25'))
    expect(screen.getByTestId('journal-row-24')).toHaveTextContent('Tenant resumed')
  })

  it('says whether its chain is whole', async () => {
    const { user, fake } = open(withHistory(1), '/journal')
    await user.click(await screen.findByTestId('check-chain'))
    expect(await screen.findByTestId('chain-state')).toHaveTextContent('All 24 entries are what was written')
    fake.platform.brokenAt = 7
    await user.click(screen.getByTestId('check-chain'))
    await waitFor(() => expect(screen.getByTestId('chain-state')).toHaveTextContent('breaks at entry 7'))
  })
})

describe('Ctrl+Z', () => {
  it('plans to take the newest operation back, anywhere but in a text', async () => {
    const { user } = open(withHistory(1), '/domains')
    const search = await screen.findByTestId('search')
    await user.click(search)
    await user.keyboard('{Control>}z{/Control}')
    expect(screen.queryByRole('dialog')).toBeNull()
    search.blur()
    await user.keyboard('{Control>}z{/Control}')
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Take back entry 24')
  })

  it('goes one further back each time, and does not take its own taking back back', async () => {
    const { user } = open(withHistory(1), '/journal')
    await screen.findByTestId('journal-row-24')
    await user.keyboard('{Control>}z{/Control}')
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(screen.getByTestId('apply-plan')).toHaveTextContent('entry 23'))
  })

  it('says that there is nothing to take back', async () => {
    const { user } = open(examplePlatform(), '/domains')
    await screen.findByTestId('search')
    await user.keyboard('{Control>}z{/Control}')
    expect(await screen.findByTestId('undo-nothing')).toBeInTheDocument()
  })
})
