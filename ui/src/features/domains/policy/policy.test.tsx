import { screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

const SETTINGS = '/domains/settings'

async function expectNoViolations() {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

describe('the settings of domains', () => {
  it('are saved after their plan', async () => {
    const { user, fake } = open(examplePlatform(), SETTINGS)
    expect(await screen.findByTestId('policy-save')).toBeDisabled()
    await user.click(screen.getByTestId('policy-addresses-add'))
    await user.click(await screen.findByTestId('policy-addresses-0'))
    await user.paste('203.0.113.7, 203.0.113.8')
    expect(await screen.findByTestId('policy-addresses-1')).toHaveValue('203.0.113.8')
    await user.click(screen.getByTestId('policy-proof'))
    await expectNoViolations()
    await user.click(screen.getByTestId('policy-save'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.policy).toMatchObject({ addresses: ['203.0.113.7', '203.0.113.8'], proofRequired: true })
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(screen.getByTestId('policy-save')).toBeDisabled())
  })

  it('say what is wrong beside the field, and keep what was typed', async () => {
    const { user } = open(examplePlatform(), SETTINGS)
    await user.click(await screen.findByTestId('policy-addresses-add'))
    await user.click(screen.getByTestId('policy-addresses-add'))
    await user.type(screen.getByTestId('policy-addresses-1'), 'not-an-address')
    await user.clear(screen.getByTestId('policy-port'))
    await user.type(screen.getByTestId('policy-port'), '99999')
    await user.click(screen.getByTestId('policy-save'))
    await waitFor(() => expect(screen.getByTestId('policy-addresses-1')).toBeInvalid())
    expect(screen.getByTestId('policy-addresses-0')).not.toBeInvalid()
    expect(screen.getByTestId('policy-port')).toBeInvalid()
    expect(screen.getByTestId('policy-addresses-1')).toHaveValue('not-an-address')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getByTestId('policy-reset'))
    expect(screen.queryByTestId('policy-addresses-1')).toBeNull()
  })
})

describe('one domain', () => {
  const SHOP = 'shop.globex-health.example'

  it('stands beside the list, with its forms, its tenant and since when', async () => {
    open(examplePlatform(), '/domains?domain=xn--mnchen-3ya.example')
    const pane = await screen.findByTestId('domain-detail')
    await waitFor(() => expect(pane).toHaveTextContent('xn--mnchen-3ya.example'))
    expect(pane).toHaveTextContent('münchen.example')
    expect(pane).toHaveTextContent('Given by the platform’s own application')
    await expectNoViolations()
  })

  it('is shown also where no request could match it', async () => {
    open(examplePlatform(), '/domains?domain=WWW.Globex.example')
    await waitFor(() => expect(screen.getByTestId('domain-detail')).toHaveTextContent('Globex Health'))
  })

  it('becomes primary, and goes, each after its plan', async () => {
    const { user, fake } = open(examplePlatform(), `/domains?domain=${SHOP}`)
    await user.click(await screen.findByTestId('pane-primary'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await waitFor(() => expect(screen.getByTestId('pane-remove')).toBeDisabled())
    expect(fake.platform.domains.find(({ domain }) => domain === SHOP)?.primary).toBe(true)
  })

  it('says so when it is gone, and closes', async () => {
    const { user } = open(examplePlatform(), '/domains?domain=gone.example')
    expect(await screen.findByTestId('domain-missing')).toHaveTextContent('gone.example')
    await user.click(screen.getByTestId('close-panel'))
    await waitFor(() => expect(place()).not.toContain('gone.example'))
  })
})
