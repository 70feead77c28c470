import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { adoptedPlatform } from '../../test/fake/platform'
import { field, open } from '../../test/render'
import { listedBy, startsAs } from './startsAs'

const NEW = '/tenants?panel=new'

describe('the columns of an adopted platform, in the form of a new tenant', () => {
  it('that have to be given stand first and are marked; nothing is created without them', async () => {
    const { user } = open(adoptedPlatform(), NEW)
    const needed = await screen.findByTestId('needed-columns')
    expect(needed).toHaveTextContent('external_refneeded')
    await user.type(await field('name'), 'Acme')
    await user.type(await field('primary_domain'), 'acme.example')
    await user.click(screen.getByTestId('preview'))
    expect(await within(needed).findByText('This is needed.')).toBeInTheDocument()
    await waitFor(async () => expect(await field('external_ref')).toHaveFocus())

    await user.type(await field('external_ref'), 'A-17')
    await user.click(screen.getByTestId('preview'))
    expect(await screen.findByTestId('plan')).toHaveTextContent('A-17')
  })

  it('whose values a rule of the table lists are chosen among them', async () => {
    const { user } = open(adoptedPlatform(), NEW)
    await user.click(await screen.findByText('More columns of the tenant table'))
    const plan = await screen.findByTestId('choice-plan')
    expect(plan).toHaveTextContent('starts as free')
    await user.click(plan)
    await user.click(await screen.findByRole('option', { name: 'enterprise' }))
    expect(plan).toHaveTextContent('enterprise')
  })

  it('have the control of their type, and say what they start as', async () => {
    const { user } = open(adoptedPlatform(), NEW)
    await user.click(await screen.findByText('More columns of the tenant table'))
    expect(await field('paid_until')).toHaveAttribute('type', 'date')
    expect(await field('signed_up_at')).toHaveAttribute('type', 'datetime-local')
    expect(screen.getByText('timestamp with time zone; starts as the moment of creation')).toBeInTheDocument()
    expect(screen.getByRole('checkbox', { name: /on_trial/ })).not.toBeChecked()
    expect(screen.getByTestId('choice-accepts_mail')).toHaveTextContent('starts as empty')

    const settings = document.querySelector('textarea[name="settings"]') as HTMLTextAreaElement
    expect(settings).toHaveAttribute('placeholder', 'starts as {}')
    await user.type(settings, '{{"colour"')
    expect(await screen.findByText(/This is not a value of the type/)).toHaveTextContent('jsonb')
    await user.type(settings, ': "red"}')
    expect(await screen.findByText('Valid JSON')).toBeInTheDocument()
  })
})

describe('what PostgreSQL prints', () => {
  const t = (id: string) => id
  it.each([
    ["'free'::character varying", { value: 'free' }],
    ["'it''s'::text", { value: "it's" }],
    ["''::character varying", { words: 'form.start.empty' }],
    ['0', { value: '0' }],
    ['false', { value: 'false' }],
    ['now()', { words: 'form.start.now' }],
    [null, { words: 'form.start.empty' }],
    ["nextval('a_seq'::regclass)", { words: "nextval('a_seq'::regclass)" }],
  ])('for a default, %s, is read', (expression, start) => {
    expect(startsAs(t, expression)).toEqual(start)
  })

  it.each([
    ["((plan)::text = ANY ((ARRAY['free'::character varying, 'it''s'::character varying])::text[]))", ['free', "it's"]],
    ["(plan = ANY (ARRAY['a'::text, 'b'::text]))", ['a', 'b']],
    ["((plan)::text <> ALL ((ARRAY['a'::character varying])::text[]))", null],
    ["((plan = ANY (ARRAY['a'::text])) OR (seats > 3))", null],
    ['(seats_allowed >= 0)', null],
  ])('for a rule, %s, lists values only where it does nothing else', (rule, values) => {
    expect(listedBy(rule)).toEqual(values)
  })
})
