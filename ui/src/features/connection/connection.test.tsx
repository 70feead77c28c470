import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { emptyPlatform, examplePlatform } from '../../test/fake/platform'
import { open, place } from '../../test/render'

const fields = async (user: ReturnType<typeof open>['user'], values: Record<string, string>) => {
  await screen.findByTestId('connect')
  for (const [name, value] of Object.entries(values)) {
    const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)
    if (input) await user.type(input, value)
  }
}

async function look(user: ReturnType<typeof open>['user'], database: string, more: Record<string, string> = {}) {
  await fields(user, { host: 'db.example.com', user: 'ana', ...more, database })
  await user.click(screen.getByTestId('connect'))
}

describe('the connection', () => {
  it('is named in the top bar', async () => {
    open(emptyPlatform())
    expect(await screen.findByTestId('connection-chip')).toHaveTextContent('Private server')
    expect(screen.getByTestId('connection-chip')).toHaveTextContent('PostgreSQL 18.4')
  })

  it('to an empty database offers to make a platform there', async () => {
    const { user } = open(emptyPlatform())
    await user.click(await screen.findByTestId('start-connect'))
    await fields(user, { host: 'db.example.com', database: 'fresh', user: 'ana', password: 'secret' })
    await user.click(screen.getByTestId('connect'))
    expect(await screen.findByTestId('connect-empty')).toHaveTextContent('fresh is empty')
    await user.click(screen.getByTestId('create-platform'))
    await waitFor(() => expect(place()).toContain('/tenants'))
    expect(screen.getByTestId('connection-chip')).toHaveTextContent('db.example.com:5432')
  })

  it('goes to another machine verified in full, unless somebody says why', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await fields(user, { host: 'db.example.com', database: 'platform', user: 'ana' })
    expect(screen.getByTestId('tls-verify-full')).toHaveAttribute('data-selected', 'true')
    await user.click(screen.getByText('Encrypted, nothing verified'))
    await user.click(screen.getByTestId('connect'))
    expect(await screen.findByText(/is needed, in 3 words or more/)).toBeInTheDocument()

    await fields(user, { weaker_reason: 'The authority is being replaced' })
    await user.click(screen.getByTestId('connect'))
    const mark = await screen.findByTestId('mark-tls')
    expect(mark).toHaveTextContent('Encrypted, nothing verified')
    expect(mark).toHaveTextContent('The authority is being replaced')
  })

  it('to this machine is not encrypted unless that is chosen, which says nothing of another machine', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await fields(user, { host: 'localhost' })
    expect(screen.getByTestId('tls-disable')).toHaveAttribute('data-selected', 'true')
    await user.click(screen.getByText('Encrypted, nothing verified'))
    await user.clear(document.querySelector('input[name="host"]') as HTMLInputElement)
    await fields(user, { host: 'db.example.com' })
    expect(screen.getByTestId('tls-verify-full')).toHaveAttribute('data-selected', 'true')
  })

  it('says in the top bar that a platform can only be read, and why', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'platform', { host: 'standby' })
    const mark = await screen.findByTestId('mark-read-only')
    expect(mark).toHaveTextContent('Read only')
    await user.click(mark)
    expect(await screen.findByRole('dialog')).toHaveTextContent('The server is a standby, which copies another one.')
  })

  it('that could not be opened is told with what would do, and tried again', async () => {
    const failing = { status: { code: 'private_server' as const, advice: 'The disk is full.' } }
    const { user, fake } = open(examplePlatform(), '/tenants', { failing })
    expect(await screen.findByTestId('error')).toHaveTextContent('The disk is full.')
    fake.options.failing = {}
    await user.click(screen.getByText('Try again'))
    expect(await screen.findByTestId('tenant-row-globex_health')).toBeInTheDocument()
  })
})

describe('a database that was looked at', () => {
  it('shows whose tenants it has, what a new one would start with, and every statement, before one adopts it', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'saas')
    const shape = await screen.findByTestId('shape')
    expect(shape).toHaveTextContent('public.customers_client 312 rows')
    expect(shape).toHaveTextContent('142 migrations')
    expect(screen.getByTestId('shape-missing')).toHaveTextContent('northwind_demo')
    expect(screen.getByTestId('shape-orphaned')).toHaveTextContent('backup_of_globex')
    const columns = screen.getByTestId('own-columns')
    expect(columns).toHaveTextContent("'free'What 303 rows have")
    expect(columns).toHaveTextContent('external_refcharacter varying(40) not nullasked for')
    expect(columns).not.toHaveTextContent('schema_name')
    expect(screen.getByTestId('sql')).toHaveTextContent('CREATE SCHEMA tenantry;')

    await user.click(screen.getByText('Adopt 312 tenants of customers_client'))
    await waitFor(() => expect(place()).toContain('/tenants'))
    expect(screen.getByTestId('connection-chip')).toHaveTextContent('saas')
  })

  it('that changed since its statements were shown stays as it is, and shows the statements of now', async () => {
    const { user, fake } = open(examplePlatform(), '/connect')
    await look(user, 'saas')
    await screen.findByTestId('adopt')
    const fresh = { action: 'adopt' as const, shape: null, statements: 'CREATE SCHEMA tenantry; -- later', hash: 'new' }
    fake.options.failing = { adopt_platform: { code: 'stale_adoption', fresh } }
    await user.click(screen.getByTestId('adopt'))
    expect(await screen.findByTestId('adoption-stale')).toHaveTextContent('Nothing was written')
    expect(screen.getByTestId('sql')).toHaveTextContent('CREATE SCHEMA tenantry; -- later')
    expect(screen.getByTestId('adopt')).toBeEnabled()
  })

  it('with several tables that could be it asks which before it plans', async () => {
    const { user, fake } = open(examplePlatform(), '/connect')
    await look(user, 'several')
    const choice = await screen.findByTestId('shape-choice')
    expect(screen.queryByTestId('adopt')).toBeNull()
    expect(fake.calls).not.toContain('plan_adoption')
    await user.click(within(choice).getByText('public.legacy_client'))
    expect(await screen.findByTestId('adopt')).toHaveTextContent('Adopt 14 tenants of legacy_client')
  })

  it.each([
    ['older', 'Bring up to date'],
    ['unmapped', 'Make the views again'],
    ['changed', 'Make the views again'],
  ])('whose books are %s offers to %s, with the statements', async (database, verb) => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, database)
    expect(await screen.findByTestId('adopt')).toHaveTextContent(verb)
    expect(screen.getByTestId('sql')).toBeInTheDocument()
    await user.click(screen.getByTestId('adopt'))
    await waitFor(() => expect(place()).toContain('/tenants'))
  })

  it.each([
    ['other', 'It holds 41 tables of its own'],
    ['occupied', 'It has a schema tenantry that is not ours'],
    ['newer', 'Another version of Tenantry keeps its books here'],
  ])('with nothing that can be done (%s) says why, and offers nothing', async (database, words) => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, database)
    expect(await screen.findByTestId('found-deadlock')).toHaveTextContent(words)
    expect(screen.queryByTestId('adopt')).toBeNull()
    expect(screen.queryByTestId('create-platform')).toBeNull()
  })

  it('on a server that is too old is told with what would do', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'platform', { host: 'old' })
    expect(await screen.findByTestId('found-deadlock')).toHaveTextContent('Tenantry needs 15 or newer')
  })

  it('is not adopted by a role that may not, which gets the statement that would allow it', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'saas', { user: 'reader' })
    expect(await screen.findByTestId('found-no-right')).toHaveTextContent(
      'GRANT CREATE ON DATABASE "saas" TO "reader";',
    )
    expect(await screen.findByTestId('adopt')).toBeDisabled()
  })

  it('is not adopted over a connection that only reads', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'saas', { host: 'pooler' })
    expect(await screen.findByTestId('found-read-only')).toHaveTextContent('Connect to the server itself to write.')
    expect(await screen.findByTestId('adopt')).toBeDisabled()
  })
})

describe('leaving a platform', () => {
  it('says what goes and what stays, and wants the name of the database typed', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await look(user, 'platform')
    await waitFor(() => expect(screen.getByTestId('connection-chip')).toHaveTextContent('db.example.com'))
    await user.click(screen.getByTestId('connection-chip'))
    await user.click(await screen.findByTestId('chip-leave'))
    expect(await screen.findByTestId('leave-goes')).toHaveTextContent('The master catalog with 9 atoms')
    expect(screen.getByTestId('leave-stays')).toHaveTextContent('12 tenants and 21 domains')
    expect(screen.getByTestId('leave-dialog')).toHaveTextContent('DROP SCHEMA tenantry CASCADE;')
    expect(screen.getByTestId('leave')).toBeDisabled()
    await user.type(screen.getByTestId('confirm'), 'platform')
    await user.click(screen.getByTestId('leave'))
    await waitFor(() => expect(place()).toContain('/connect'))
    expect(screen.getByTestId('connection-chip')).toHaveTextContent('Private server')
  })

  it('is not possible while something else rests on our schema', async () => {
    const platform = examplePlatform()
    platform.dependents = ['view public.tenant_report']
    const { user } = open(platform, '/connect')
    await look(user, 'platform')
    await waitFor(() => expect(screen.getByTestId('connection-chip')).toHaveTextContent('db.example.com'))
    await user.click(screen.getByTestId('connection-chip'))
    await user.click(await screen.findByTestId('chip-leave'))
    expect(await screen.findByTestId('leave-dependents')).toHaveTextContent('view public.tenant_report')
    expect(screen.getByTestId('leave')).toBeDisabled()
  })
})
