import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { examplePlatform } from '../../test/fake/platform'
import { open } from '../../test/render'

describe('the blueprint', () => {
  it('is chosen among the tenants, with the tables whose rows go along', async () => {
    const { user, fake } = open(examplePlatform(), '/blueprint')
    expect(await screen.findByTestId('blueprint-now')).toHaveTextContent('the files of migrations/tenant')
    await user.type(screen.getByTestId('search'), 'globex')
    await user.click(await screen.findByTestId('template-row-globex_health'))
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('With the rows of 2 tables')
    const table = await screen.findByTestId('reference-atoms_atomcategory')
    await user.click(within(table.closest('li') as HTMLElement).getByRole('checkbox'))
    await waitFor(() => expect(screen.getByTestId('plan-change')).toHaveTextContent('With the rows of 3 tables'))
    expect(screen.getByTestId('apply-plan')).toHaveTextContent('Make new tenants from Globex Health')
    await user.click(screen.getByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.blueprint.template).toBe('globex_health')
    await waitFor(() => expect(screen.getByTestId('blueprint-now')).toHaveTextContent('Globex Health'))
  })

  it('says so where none was chosen, and offers no files that the platform was not made from', async () => {
    const platform = examplePlatform()
    platform.blueprint = { hasFiles: false, template: null, reference: [] }
    open(platform, '/blueprint')
    expect(await screen.findByTestId('blueprint-now')).toHaveTextContent('Nothing has been chosen yet')
    await screen.findByTestId('template-row-globex_health')
    expect(screen.queryByTestId('template-files')).toBeNull()
  })

  it('goes back to the files', async () => {
    const platform = examplePlatform()
    platform.blueprint = {
      hasFiles: true,
      template: 'globex_health',
      reference: [{ table: 'django_migrations', keys: null }],
    }
    const { user, fake } = open(platform, '/blueprint')
    await user.click(await screen.findByTestId('template-files'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(fake.platform.blueprint.template).toBeNull()
  })

  it('says why a schema cannot be one', async () => {
    open(examplePlatform(), '/blueprint?template=initech_freight')
    expect(await screen.findByTestId('error')).toHaveTextContent('globex_health.registry_project')
    expect(screen.queryByTestId('apply-plan')).toBeNull()
  })
})
