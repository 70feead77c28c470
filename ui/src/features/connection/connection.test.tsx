import { screen, waitFor } from '@testing-library/react'
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

  it('to a database of somebody else says what it holds', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await fields(user, { host: 'db.example.com', database: 'other', user: 'ana' })
    await user.click(screen.getByTestId('connect'))
    expect(await screen.findByTestId('error')).toHaveTextContent('It holds 41 tables of its own')
  })

  it('goes unencrypted to this machine only', async () => {
    const { user } = open(examplePlatform(), '/connect')
    await fields(user, { host: 'db.example.com' })
    expect(screen.getByRole('radio', { name: /None/ })).toBeDisabled()
    await user.clear(document.querySelector('input[name="host"]') as HTMLInputElement)
    await fields(user, { host: 'localhost' })
    expect(screen.getByRole('radio', { name: /None/ })).toBeEnabled()
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
