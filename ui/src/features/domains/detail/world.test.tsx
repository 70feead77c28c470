import { QueryClientProvider } from '@tanstack/react-query'
import { createHashHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider } from 'react-intl'
import { describe, expect, it } from 'vitest'
import { makeQueryClient } from '../../../app/query'
import { messages } from '../../../messages/en'
import { Dialogs } from '../../../shared/dialogs'
import { installFake } from '../../../test/fake'
import { createJob, workOn } from '../../../test/fake/jobs'
import { examplePlatform } from '../../../test/fake/platform'
import { roundsOf } from '../../../test/fake/world'
import { open } from '../../../test/render'
import { CheckAll } from './CheckAll'
import { DomainWorld } from './DomainWorld'

const ASTRAY = 'shop.globex-health.example'

/** What the world answers about a domain, on a page of its own. */
function show(domain: string, options: Parameters<typeof installFake>[1] = {}) {
  const fake = installFake(examplePlatform(), options)
  const root = createRootRoute({
    component: () => (
      <main>
        <h1>{domain}</h1>
        <h2>{domain}</h2>
        <CheckAll />
        <DomainWorld domain={domain} />
        <Dialogs />
      </main>
    ),
  })
  const router = createRouter({ routeTree: root, history: createHashHistory() })
  const user = userEvent.setup({ delay: null })
  render(
    <IntlProvider locale="en-GB" messages={messages}>
      <I18nProvider locale="en-GB">
        <QueryClientProvider client={makeQueryClient()}>
          <RouterProvider router={router as never} />
        </QueryClientProvider>
      </I18nProvider>
    </IntlProvider>,
  )
  return { fake, user }
}

const world = () => screen.findByTestId('domain-world')
const copied = () => navigator.clipboard.readText()

describe('what the world answers', () => {
  it('has steps in order, and what is to be removed before what is to be added', async () => {
    show(ASTRAY)
    await world()
    const steps = screen.getAllByTestId(/^step-/).map(({ dataset }) => dataset.testid)
    expect(steps).toEqual(['step-remove_record', 'step-add_record', 'step-add_record'])
    const [remove] = screen.getAllByTestId('step-remove_record')
    expect(remove).toHaveTextContent('Remove these 3 records')
    expect(remove).toHaveTextContent('They lead somewhere else.')
    const signs = within(screen.getByTestId('what-to-fix')).getAllByTestId(/^record-/)
    expect(signs.map(({ dataset }) => dataset.testid)).toEqual([
      ...Array(3).fill('record-remove'),
      ...Array(2).fill('record-add'),
    ])
  })

  it('has records whose every cell is copied by click and by key, with names of both forms', async () => {
    const { user } = show(ASTRAY)
    await world()
    const [first] = screen.getAllByTestId('record-remove')
    if (!first) throw new Error('there is no record')
    const cell = (name: string) => within(first).getByTestId(`copy-${name}`)
    await user.click(cell('value'))
    expect(await copied()).toBe('203.0.113.9')
    await waitFor(() => expect(first).toHaveTextContent('Copied'))
    await user.click(cell('name'))
    expect(await copied()).toBe('shop')
    await user.click(screen.getByTestId('filter-full'))
    cell('name').focus()
    await user.keyboard('{Enter}')
    await waitFor(async () => expect(await copied()).toBe(ASTRAY))
    await user.click(cell('type'))
    expect(await copied()).toBe('A')
    await user.click(cell('ttl'))
    expect(await copied()).toBe('3600')
    await user.click(screen.getByTestId('copy-zone-lines'))
    expect(await copied()).toMatch(
      /^_tenantry-challenge\.shop\..* IN TXT "tenantry-proof=.*"\nshop\..* IN CNAME edge\./,
    )
  })

  it('can be written to whoever owns the zone, with all records and how to see that it worked', async () => {
    const { user } = show(ASTRAY)
    await user.click(await screen.findByTestId('zone-mail'))
    const body = (await screen.findByTestId('mail-body')).textContent ?? ''
    for (const value of ['203.0.113.9', '203.0.113.10', '2001:db8:4::9', 'tenantry-proof=', 'edge.platform.example'])
      expect(body).toContain(value)
    expect(body.indexOf('203.0.113.9')).toBeLessThan(body.indexOf('tenantry-proof='))
    expect(body).toContain('in the zone globex-health.example')
    expect(body).toContain(`dig +short CNAME ${ASTRAY}`)
    expect(body).toContain('for up to 60 minutes')
    expect(body).not.toMatch(/undefined|null|\{/)
    await user.click(screen.getByTestId('copy-mail'))
    expect(await copied()).toBe(body)
  })

  it('keeps what was good in view when a look-up fails, and says so', async () => {
    show('stark-labs.example')
    await world()
    expect(screen.getByTestId('axis-routing')).toHaveTextContent('Leads here')
    expect(screen.getByTestId('axis-certificate')).toHaveTextContent('Valid')
    expect(screen.getByTestId('axis-routing-failed')).toHaveTextContent(
      /^The last look-up failed: no answer came in time\. What is shown is of \S/,
    )
    expect(screen.getByTestId('nothing-to-fix')).toHaveTextContent('by what was seen before')
  })

  it('says calmly that nothing is to be fixed, and from where that was seen', async () => {
    show('quantmatrix.ai')
    await world()
    expect(screen.getByTestId('nothing-to-fix')).toHaveTextContent('It leads to 192.0.2.10')
    expect(screen.getByTestId('vantage')).toHaveTextContent('this computer (workstation), with the resolvers 10.20.0.2')
    expect(screen.queryByTestId('what-to-fix')).toBeNull()
  })

  it('looks where nobody has looked yet', async () => {
    const { user } = show('northwind-foods.example')
    await world()
    expect(screen.getByTestId('axis-routing')).toHaveTextContent('Nobody has looked yet')
    await user.click(screen.getByTestId('check-now'))
    await waitFor(() => expect(screen.getByTestId('axis-routing')).toHaveTextContent('Leads here'))
    expect(screen.getByTestId('axis-routing')).toHaveTextContent('just now')
  })

  it('shows how far a look is, and can be cancelled', async () => {
    const { user, fake } = show('quantmatrix.ai', { pace: 20 })
    await user.click(await screen.findByTestId('check-now'))
    await user.click(await screen.findByTestId('cancel-task'))
    expect(await screen.findByTestId('error')).toBeInTheDocument()
    expect(fake.cancelled.size).toBe(1)
  })

  it('asks nobody about a name of a developer’s machine', async () => {
    show('localhost')
    expect(await world()).toHaveTextContent('developer’s own machine')
    expect(screen.queryByTestId('check-now')).toBeNull()
    expect(screen.queryByTestId('proof')).toBeNull()
  })

  it('tells a record with its zone twice from the right one', async () => {
    show('shop.umbrella-steel.example')
    await world()
    expect(screen.getByTestId('step-remove_record')).toHaveTextContent('The name has its zone twice')
    expect(screen.getByTestId('record-remove')).toHaveTextContent('shop.umbrella-steel.example')
    expect(within(screen.getByTestId('step-add_record')).getByTestId('copy-name')).toHaveTextContent(/^shop/)
  })

  it('shows the evidence to whoever unfolds it', async () => {
    const { user } = show('hooli-energy.example')
    await world()
    await user.click(within(screen.getByTestId('seen-dns')).getByRole('button', { name: /DNS answers/ }))
    expect(screen.getByTestId('seen-dns')).toHaveTextContent('issue "digicert.com"')
    await user.click(within(screen.getByTestId('seen-tls')).getByRole('button', { name: /Certificate shown/ }))
    expect(screen.getByTestId('seen-tls')).toHaveTextContent('It is signed by itself')
  })

  it('looks for the proof', async () => {
    const { user, fake } = show(ASTRAY)
    const proof = await screen.findByTestId('proof')
    expect(within(proof).getByTestId('copy-name')).toHaveTextContent('_tenantry-challenge.shop')
    expect(proof).toHaveTextContent('ns1.dns-host.example (198.51.100.53), a server of the zone')
    await user.click(within(proof).getByTestId('prove-now'))
    await waitFor(() => expect(fake.calls).toContain('prove_domain'))
  })

  it('says where somebody answers for a domain without a proof', async () => {
    const { user } = show('soylent-media.example')
    const proof = await screen.findByTestId('proof')
    await user.click(within(proof).getByRole('button', { name: /Proof of ownership/ }))
    expect(within(proof).getByTestId('approved')).toHaveTextContent(
      /^ana answers for it without a proof, since .*: the contract names it$/,
    )
  })

  it('says where to lead an apex, and whom to ask when the zone itself fails', async () => {
    show('acme-logistics.example')
    await world()
    expect(screen.getByTestId('step-point_apex')).toHaveTextContent('edge.platform.example')
    expect(screen.getByTestId('zone-mail')).toBeInTheDocument()
    expect(screen.queryByTestId('copy-zone-lines')).toBeNull()
  })

  const domains = ['quantmatrix.ai', 'localhost', ASTRAY, 'hooli-energy.example', 'stark-labs.example']
  it.each(domains)('axe finds nothing at %s', async (domain) => {
    const { user } = show(domain)
    await world()
    for (const fold of screen.queryAllByTestId(/^(proof|seen-dns|seen-tls)$/)) {
      const [trigger] = within(fold).getAllByRole('button')
      if (trigger?.getAttribute('aria-expanded') === 'false') await user.click(trigger)
    }
    const { violations } = await axe.run(document.body, {
      // Colours need a real browser.
      rules: { 'color-contrast': { enabled: false } },
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})

describe('a look at all domains', () => {
  it('is a job that one is led to', async () => {
    const { user } = show('quantmatrix.ai')
    await user.click(await screen.findByTestId('check-all'))
    await user.click(await screen.findByTestId('check-all-every'))
    const link = await within(screen.getByTestId('check-all-said')).findByRole('link')
    expect(link.getAttribute('href')).toContain('/jobs?job=')
  })

  it('says so where no domain is due', async () => {
    const { user } = show('quantmatrix.ai')
    for (const which of ['every', 'due']) {
      await user.click(await screen.findByTestId('check-all'))
      await user.click(await screen.findByTestId(`check-all-${which}`))
      await waitFor(() => expect(screen.getByTestId('check-all-said')).not.toBeEmptyDOMElement())
    }
    await waitFor(() => expect(screen.getByTestId('check-all-said')).toHaveTextContent('No domain is due'))
  })

  it('has words of its own among the jobs, and nothing to take back', async () => {
    const platform = examplePlatform()
    const job = createJob(platform, roundsOf(platform, false))
    await workOn(platform, job, async () => undefined)
    open(platform, `/jobs?job=${job.id}`)
    const detail = await screen.findByTestId('job-detail')
    expect(detail).toHaveTextContent('Domains looked at')
    expect(detail).toHaveTextContent('All has been looked at.')
    expect(screen.queryByTestId('job-undo')).toBeNull()
  })
})
