import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../../test/axe'
import { examplePlatform, largePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

describe('who would answer', () => {
  it('is asked by a key on any screen, with any address', async () => {
    const { user } = open(examplePlatform())
    await screen.findByTestId('tenant-row-globex_health')
    await user.keyboard('{Control>}{Shift>}h{/Shift}{/Control}')
    await user.type(await screen.findByTestId('who-host'), 'https://www.hooli-energy.example:8443/login')
    const answer = await screen.findByText('By the row', { exact: false })
    expect(answer).toHaveTextContent('hooli-energy.example, its primary domain')
    const all = screen.getByTestId('who-answer')
    expect(all).toHaveTextContent('Hooli Energy answers')
    expect(all).toHaveTextContent('Cuts off the port')
    expect(all).toHaveTextContent('Looks for exactly hooli-energy.example')
    await expectAccessible()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(place()).not.toContain('panel'))
  })

  it('says why nobody would, and whom somebody may have meant', async () => {
    const { user } = open(examplePlatform(), '/domains?panel=who')
    await user.type(await screen.findByTestId('who-host'), 'www.globex.example')
    await waitFor(() => expect(screen.getByTestId('who-answer')).toHaveTextContent('No row is exactly globex.example'))
    expect(screen.getByTestId('who-answer')).toHaveTextContent('WWW.Globex.example of Globex Health')
    await user.clear(screen.getByTestId('who-host'))
    await user.type(screen.getByTestId('who-host'), 'a b')
    await waitFor(() => expect(screen.getByTestId('who-answer')).toHaveAttribute('data-outcome', 'refused'))
  })
})

describe('hand-over', () => {
  it('gives what the search finds, in the form that is chosen, to copy or into a file', async () => {
    const { user, fake } = open(examplePlatform(), '/domains?q=globex')
    await user.click(await screen.findByTestId('domains-handover'))
    const dialog = await screen.findByRole('dialog')
    await waitFor(() => expect(dialog).toHaveTextContent('The 3 domains that “globex” finds, of 21.'))
    expect(await within(dialog).findByTestId('long-text')).toHaveTextContent('ALLOWED_HOSTS')
    expect(screen.getByTestId('long-text')).not.toHaveTextContent('WWW.Globex')
    await expectAccessible()
    await user.click(screen.getByTestId('filter-csv'))
    await waitFor(() =>
      expect(screen.getByTestId('long-text')).toHaveTextContent('globex-health.example,globex_health'),
    )
    await user.click(screen.getByTestId('handover-save'))
    expect(await screen.findByText('Saved as /home/user/domains.csv')).toBeInTheDocument()
    expect(fake.calls).toContain('save_domains')
  })

  it('shows the first lines of a long text', async () => {
    open(largePlatform(), '/domains?panel=handover')
    expect(await screen.findByText(/19,803 more lines, copied and saved along/)).toBeInTheDocument()
  })
})
