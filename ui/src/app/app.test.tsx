import { screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { emptyPlatform, examplePlatform } from '../test/fake/platform'
import { open, place } from '../test/render'

describe('the keys', () => {
  it('make a new tenant, find the search, close the panel, and list themselves', async () => {
    const { user } = open(examplePlatform())
    const search = await screen.findByTestId('search')
    await user.keyboard('/')
    expect(search).toHaveFocus()
    search.blur()
    await user.keyboard('{Control>}f{/Control}')
    expect(search).toHaveFocus()
    await user.keyboard('{Control>}n{/Control}')
    expect(await screen.findByTestId('new-tenant-panel')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByTestId('new-tenant-panel')).toBeNull())
    await user.click(document.body)
    await user.keyboard('?')
    expect(await screen.findByRole('dialog')).toHaveTextContent('Search this screen')
    await user.keyboard('{Escape}')
    await user.keyboard('{Control>}8{/Control}')
    await waitFor(() => expect(place()).toContain('/journal'))
  })
})

describe('first start', () => {
  it('loads the example platform, and shows its tenants', async () => {
    const { user } = open(emptyPlatform(), '/tenants', { pace: 5 })
    await user.click(await screen.findByTestId('start-example'))
    expect(await screen.findByTestId('example-progress')).toBeInTheDocument()
    expect(await screen.findByTestId('tenant-row-Quant_Matrix_AI_Schema', {}, { timeout: 5000 })).toBeInTheDocument()
  })

  it('can stop loading the example', async () => {
    const { user } = open(emptyPlatform(), '/tenants', { pace: 30 })
    await user.click(await screen.findByTestId('start-example'))
    await user.click(await screen.findByTestId('cancel-task'))
    expect(await screen.findByTestId('error')).toHaveTextContent('Cancelled')
    expect(screen.getByTestId('start-example')).toBeInTheDocument()
  })
})

describe('the journal', () => {
  it('keeps what was done, in words', async () => {
    const { user } = open(examplePlatform(), '/tenants?tenant=globex_health')
    await user.click(await screen.findByTestId('domain-remove-shop.globex-health.example'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    await user.click(screen.getByTestId('plan-close'))
    await user.click(screen.getByTestId('nav-journal'))
    await user.click(await screen.findByTestId('journal-row-1'))
    const entry = await screen.findByTestId('journal-detail')
    expect(entry).toHaveTextContent('Domain removed')
    expect(entry).toHaveTextContent('shop.globex-health.example')
  })
})

describe('accessibility', () => {
  const places = [
    '/tenants',
    '/tenants?tenant=globex_health',
    '/tenants?tenant=globex_health&tab=catalog',
    '/tenants?panel=new',
    '/domains',
    '/domains?domain=quantmatrix.ai',
    '/domains/import',
    '/domains/settings',
    '/catalog?atom=webhook',
    '/catalog?panel=import',
    '/catalog/releases?release=2',
    '/catalog/releases?panel=make',
    '/catalog/releases?before=1&after=0',
    '/catalog/releases?before=1&after=0&as=table',
    '/catalog/fleet?tenant=globex_health&atom=send-e-mail',
    '/catalog/fleet?panel=clashes',
    '/catalog/fleet?view=heat',
    '/catalog/fleet?view=pictures',
    '/catalog/fleet/sync?one=globex_health&tenant=globex_health',
    '/health',
    '/verify',
    '/journal',
    '/jobs',
    '/blueprint',
    '/blueprint?template=globex_health',
    '/tenants?show=deleted',
    '/tenants?panel=delete',
    '/connect',
  ]
  it.each(places)('axe finds nothing at %s', async (at) => {
    const { container } = open(examplePlatform(), at)
    await waitFor(() => expect(container.querySelector('h1')).not.toBeNull())
    await new Promise((resolve) => setTimeout(resolve, 250))
    const { violations } = await axe.run(document.body, {
      // Colours need a real browser.
      rules: { 'color-contrast': { enabled: false } },
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})
