import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { emptyPlatform, examplePlatform } from '../../test/fake/platform'
import { open } from '../../test/render'

describe('the master catalog', () => {
  it('is imported after its plan was read', async () => {
    const { user } = open(emptyPlatform(), '/catalog')
    expect(await screen.findByTestId('empty')).toHaveTextContent('The master catalog is empty')
    await user.click(screen.getByTestId('catalog-import'))
    await user.type(await screen.findByTestId('catalog-path'), '/home/user/atoms')
    await user.click(screen.getByTestId('catalog-preview'))
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('9 new atoms')
    await user.click(screen.getByTestId('apply-plan'))
    expect(await screen.findByTestId('task-result')).toHaveAttribute('data-outcome', 'done')
    expect(await screen.findByTestId('atom-row-webhook')).toBeInTheDocument()
  })

  it('lists what is wrong with a source: where, and why', async () => {
    const { user } = open(examplePlatform(), '/catalog?panel=import')
    await user.type(await screen.findByTestId('catalog-path'), '/home/user/broken')
    await user.click(screen.getByTestId('catalog-preview'))
    const error = await screen.findByTestId('error')
    expect(error).toHaveTextContent('2 things are not right yet')
    expect(error).toHaveTextContent('/home/user/broken/send_mail/atom.json:3:11')
    expect(error).toHaveTextContent('unknown field `titel`')
    expect(screen.queryByTestId('apply-plan')).toBeNull()
  })

  it('shows an atom with its versions', async () => {
    const { user } = open(examplePlatform(), '/catalog')
    await user.click(await screen.findByTestId('atom-row-webhook'))
    await waitFor(() => expect(screen.getByTestId('atom-detail')).toHaveTextContent('Version 2.0'))
  })
})
