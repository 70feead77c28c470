import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { examplePlatform, hostilePlatform, largePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

async function look(user: ReturnType<typeof open>['user']) {
  await user.click(await screen.findByTestId('health-run'))
  return screen.findByTestId('health-result')
}

const states = (result: HTMLElement) =>
  within(result)
    .getAllByTestId(/^health-row-/)
    .map((row) => row.textContent?.match(/^(Grave|Wrong|Worth a look|Nothing found)/)?.[0])

describe('fleet health', () => {
  it('looks when it is asked to, and not before', async () => {
    const { user, fake } = open(examplePlatform(), '/health')
    await screen.findByTestId('health-run')
    expect(fake.calls).not.toContain('health')
    await look(user)
    expect(fake.calls).toContain('health')
  })

  it('says how many are equal, puts the gravest first, and says how much room there is', async () => {
    const { user } = open(examplePlatform(), '/health')
    const result = await look(user)
    expect(result).toHaveTextContent('9 of 12 tenants are equal, 3 outliers')
    expect(screen.getByTestId('health-summary')).toHaveTextContent('Gravest: Falls through to public Globex Health')
    expect(states(result).slice(0, 5)).toEqual(['Grave', 'Wrong', 'Wrong', 'Wrong', 'Nothing found'])
    expect(screen.getByTestId('health-capacity')).toHaveTextContent(
      'About 212 more tenants before a dump of the whole database fails',
    )
    expect(screen.getByTestId('health-orphans')).toHaveTextContent('2 schemas without a tenant')
  })

  it('says what to raise where there is little room', async () => {
    const { user } = open(largePlatform(), '/health')
    await look(user)
    expect(screen.getByTestId('health-capacity')).toHaveTextContent(
      'About 12 more tenants before a dump of the whole database fails, since it locks every table. Raise max_locks_per_transaction from 64 to 512, and start the server anew.',
    )
  })

  it('shows those of one severity, of one kind, of one group, or with a text in their findings', async () => {
    const { user } = open(examplePlatform(), '/health')
    const result = await look(user)
    await user.click(screen.getByTestId('filter-grave'))
    await waitFor(() => expect(states(result)).toEqual(['Grave']))
    expect(place()).toContain('show=grave')
    await user.click(screen.getByTestId('filter-all'))

    await user.click(screen.getByTestId('health-kind'))
    await user.click(await screen.findByRole('option', { name: /^Sequence behind/ }))
    await waitFor(() => expect(states(result)).toEqual(['Wrong']))
    await user.click(screen.getByTestId('health-kind'))
    await user.click(await screen.findByRole('option', { name: /^Every kind/ }))

    await user.click(screen.getByTestId('health-group-0'))
    await waitFor(() => expect(states(result)).toHaveLength(9))
    await user.click(screen.getByTestId('health-group-0'))

    await user.type(screen.getByTestId('search'), 'registry_project.title')
    await waitFor(() => expect(states(result)).toEqual(['Wrong']))
    expect(screen.getByTestId('health-row-umbrella_steel')).toBeInTheDocument()
  })

  it('shows the evidence of each finding, and the difference object by object and as SQL', async () => {
    const { user } = open(examplePlatform(), '/health')
    await look(user)
    await user.click(screen.getByTestId('health-row-umbrella_steel'))
    const detail = await screen.findByTestId('health-detail')
    const [missing, differs] = within(detail).getAllByTestId('health-finding')
    expect(missing).toHaveTextContent('The constraint atoms_atom.atoms_atom_slug_key is missing.')
    expect(missing).toHaveTextContent('WantedUNIQUE (slug)')
    expect(differs).toHaveTextContent('Foundcharacter varying(100) NOT NULL')

    await user.click(within(detail).getByTestId('health-difference'))
    const parts = await screen.findByTestId('health-parts')
    expect(
      within(parts)
        .getAllByRole('listitem')
        .map((part) => part.textContent?.match(/missing|differs|only here/)?.[0]),
    ).toEqual(['missing', 'differs', 'only here'])
    expect(within(detail).getByTestId('sql')).toHaveTextContent('SET search_path TO "umbrella_steel";')
  })

  it('looks at one tenant again, and leads to its verification', async () => {
    const { user, fake } = open(examplePlatform(), '/health')
    await look(user)
    await user.click(screen.getByTestId('health-row-globex_health'))
    await user.click(await screen.findByTestId('health-again'))
    await waitFor(() => expect(fake.calls.filter((call) => call === 'health')).toHaveLength(2))
    await user.click(screen.getByTestId('health-verify'))
    await waitFor(() => expect(place()).toContain('/tenants?tenant=globex_health&tab=verify'))
  })

  it('says of a tenant without a schema that it is missing, and compares it with nothing', async () => {
    const { user } = open(hostilePlatform(), '/health')
    await look(user)
    await user.click(screen.getByTestId('health-row-ghost'))
    const detail = await screen.findByTestId('health-detail')
    expect(within(detail).getByTestId('health-finding')).toHaveAttribute('data-symptom', 'schema_missing')
    expect(within(detail).queryByTestId('health-difference')).toBeNull()
  })

  it('is cancelled where it is found again', async () => {
    const { user } = open(examplePlatform(), '/health', { pace: 40 })
    await user.click(await screen.findByTestId('health-run'))
    await screen.findByTestId('health-progress')
    await user.click(screen.getByTestId('nav-journal'))
    await user.click(await screen.findByText('Looking at the fleet'))
    await user.click(await screen.findByTestId('cancel-task'))
    expect(await screen.findByTestId('error')).toHaveTextContent('Cancelled')
  })

  it('is exported, and says where to', async () => {
    const { user } = open(examplePlatform(), '/health')
    await look(user)
    await user.click(screen.getByTestId('health-export'))
    await waitFor(() =>
      expect(screen.getByTestId('health-exported')).toHaveTextContent('Written to /home/user/fleet-health.html'),
    )
  })
})
