import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../ipc/client'
import { expectAccessible } from '../../test/axe'
import { examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const BOARD = '/domains?by=tenant&left=globex_health&right=stark_labs'
const MOVED: Intent = {
  intent: 'move_domains',
  request: { domains: ['shop.globex-health.example'], to: 'stark_labs', approval: null },
}

async function openBoard() {
  const opened = open(examplePlatform(), BOARD)
  await screen.findByTestId('board-item-shop.globex-health.example')
  await screen.findByTestId('board-item-stark-labs.example')
  return opened
}

describe('the board of two tenants', () => {
  it('lets both be searched for, and keeps them in the route', async () => {
    const { user } = open(examplePlatform(), '/domains')
    await user.click(await screen.findByText('By tenant'))
    await user.type(await screen.findByTestId('board-left-tenant'), 'globex')
    await user.click(await screen.findByTestId('pick-globex_health'))
    expect(await screen.findByTestId('board-item-globex-health.example')).toBeInTheDocument()
    await user.type(screen.getByTestId('board-right-tenant'), 'stark')
    await user.click(await screen.findByTestId('pick-stark_labs'))
    await waitFor(() => expect(place()).toContain('by=tenant&left=globex_health&right=stark_labs'))
    await expectAccessible()
  })

  it('moves by a click', async () => {
    const { user, fake } = await openBoard()
    await user.click(screen.getByTestId('board-choose-shop.globex-health.example'))
    await user.click(await screen.findByTestId('board-left-move'))
    await user.click(await screen.findByTestId('apply-plan'))
    expect(await screen.findByTestId('task-result')).toHaveTextContent('1 domain moved to Stark Labs')
    expect(fake.planned.at(-1)).toEqual(MOVED)
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(screen.getByTestId('board-right')).toHaveTextContent('shop.globex-health.example'))
    await waitFor(() => expect(document.body).not.toHaveFocus())
  })

  it('moves by the button of a row, or all that are selected with it', async () => {
    const { user, fake } = await openBoard()
    await user.click(screen.getByTestId('board-move-shop.globex-health.example'))
    await screen.findByTestId('apply-plan')
    expect(fake.planned.at(-1)).toEqual(MOVED)
    await user.click(screen.getByTestId('plan-back'))
    await user.click(screen.getByTestId('board-choose-shop.globex-health.example'))
    await user.click(screen.getByTestId('board-choose-globex-health.example'))
    await user.click(screen.getByTestId('board-move-shop.globex-health.example'))
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Move 2 domains to Stark Labs')
  })

  it('moves by keys', async () => {
    const { user, fake } = await openBoard()
    screen.getByTestId('board-left-tenant').focus()
    await user.keyboard('{Escape}')
    await user.tab()
    await user.keyboard('{ArrowDown}{ArrowRight}')
    expect(document.activeElement).toHaveAccessibleName(/^Drag shop\.globex-health\.example/)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/Drop on.*Stark Labs/))
    await user.keyboard('{Enter}')
    expect(await screen.findByTestId('apply-plan')).toHaveTextContent('Move 1 domain to Stark Labs')
    expect(fake.planned.at(-1)).toEqual(MOVED)
    await user.click(screen.getByTestId('apply-plan'))
    await user.click(await screen.findByTestId('plan-close'))
    await waitFor(() => expect(document.body).not.toHaveFocus())
  })
})
