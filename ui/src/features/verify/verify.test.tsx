import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { examplePlatform, largePlatform } from '../../test/fake/platform'
import { open } from '../../test/render'

describe('verify', () => {
  it('puts the worst first, and shows the evidence in words', async () => {
    const { user } = open(examplePlatform(), '/verify')
    await user.click(await screen.findByTestId('verify-run'))
    const result = await screen.findByTestId('verify-result')
    expect(result).toHaveTextContent('2 failed, 1 worth a look, 9 passed')
    expect(within(result).getByTestId('check-dry_run')).toHaveAttribute('data-verdict', 'passed')
    const rows = within(result).getAllByTestId(/^verify-row-/)
    expect(rows.map((row) => row.textContent?.match(/Failed|Worth a look|Passed/)?.[0]).slice(0, 4)).toEqual([
      'Failed',
      'Failed',
      'Worth a look',
      'Passed',
    ])
    await user.click(within(result).getByTestId('verify-row-initech_freight'))
    const detail = await screen.findByTestId('verify-detail')
    expect(within(detail).getByTestId('check-structure')).toHaveTextContent(
      'The constraint atoms_atom_slug_key is missing. It would be UNIQUE (slug).',
    )
  })

  it('goes on while one looks elsewhere, and is cancelled where it is found again', async () => {
    const { user } = open(largePlatform(), '/verify', { pace: 10 })
    await user.click(await screen.findByTestId('verify-run'))
    await screen.findByTestId('verify-progress')
    await user.click(screen.getByTestId('nav-journal'))
    await user.click(await screen.findByText('Verifying'))
    await user.click(await screen.findByTestId('cancel-task'))
    expect(await screen.findByTestId('error')).toHaveTextContent('Cancelled')
  })

  it('verifies one tenant on its own page', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=globex_health&tab=verify')
    await user.click(await screen.findByTestId('verify-run'))
    const result = await screen.findByTestId('verify-result')
    expect(within(result).getByTestId('check-domains')).toHaveAttribute('data-verdict', 'failed')
    await user.click(within(result).getByText('Foreign keys hold and refuse wrong rows'))
    await waitFor(() => expect(result).toHaveTextContent('PostgreSQL said:'))
  })
})
