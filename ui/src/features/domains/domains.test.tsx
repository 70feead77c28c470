import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const GLOBEX = '/tenants?tenant=globex_health'

describe('the domains of a tenant', () => {
  it('are added after a plan was read', async () => {
    const { user, fake } = open(examplePlatform(), GLOBEX)
    await user.type(await screen.findByTestId('domain-input'), 'WWW.Globex-Shop.example')
    expect(await screen.findByTestId('domain-verdict')).toHaveTextContent('stored as globex-shop.example')
    await user.click(screen.getByTestId('domain-add'))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByTestId('plan-change')).toHaveTextContent('globex-shop.example')
    expect(fake.platform.domains.some(({ domain }) => domain === 'globex-shop.example')).toBe(false)
    await user.click(within(dialog).getByTestId('apply-plan'))
    await within(dialog).findByTestId('task-result')
    await user.click(within(dialog).getByTestId('plan-close'))
    expect(await screen.findByTestId('domain-row-globex-shop.example')).toBeInTheDocument()
    expect(screen.getByTestId('domain-input')).toHaveValue('')
  })

  it('are answered with the owner and a link when taken, never with an error', async () => {
    const { user } = open(examplePlatform(), GLOBEX)
    await user.type(await screen.findByTestId('domain-input'), 'localhost')
    const link = await screen.findByTestId('taken-owner-link')
    expect(link).toHaveTextContent('Quant Matrix AI')
    expect(screen.queryByTestId('error')).toBeNull()
    await user.click(link)
    await waitFor(() => expect(place()).toContain('tenant=Quant_Matrix_AI_Schema'))
    expect(await screen.findByTestId('domain-row-localhost')).toBeInTheDocument()
  })

  it('say what is wrong with a name, and what would do', async () => {
    const { user } = open(examplePlatform(), GLOBEX)
    await user.type(await screen.findByTestId('domain-input'), '*.globex.example')
    expect(await screen.findByText(/a wildcard would match none/)).toBeInTheDocument()
    await user.click(screen.getByTestId('use-suggestion'))
    expect(screen.getByTestId('domain-input')).toHaveValue('globex.example')
  })

  it('change which is primary, showing before and after', async () => {
    const { user } = open(examplePlatform(), GLOBEX)
    await user.click(await screen.findByTestId('domain-primary-shop.globex-health.example'))
    const change = await screen.findByTestId('plan-change')
    expect(change).toHaveTextContent(/globex-health\.example.*shop\.globex-health\.example/)
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() =>
      expect(screen.getByTestId('domain-row-shop.globex-health.example')).toHaveAttribute('data-primary', 'true'),
    )
  })

  it('keep the primary one until another is primary', async () => {
    const { user } = open(examplePlatform(), GLOBEX)
    await user.click(await screen.findByTestId('domain-remove-globex-health.example'))
    expect(await screen.findByTestId('error')).toHaveTextContent('Make another domain primary first')
    expect(screen.queryByTestId('apply-plan')).toBeNull()
  })

  it('tell why one cannot be reached as it is stored', async () => {
    open(examplePlatform(), GLOBEX)
    expect(await screen.findByTestId('domain-row-WWW.Globex.example')).toHaveTextContent('nobody can reach it')
  })
})
