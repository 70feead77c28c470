import { EditorView } from '@codemirror/view'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../ipc/client'
import { expectAccessible } from '../../../test/axe'
import { largeCatalog } from '../../../test/fake/master'
import { examplePlatform } from '../../../test/fake/platform'
import { open, place } from '../../../test/render'

/** The JSON editor of the version that is open: it lives in a shadow tree. */
async function editor(): Promise<EditorView> {
  const host = await screen.findByTestId('schema-editor')
  const content = await waitFor(() => {
    const found = host.shadowRoot?.querySelector<HTMLElement>('.cm-content')
    if (!found) throw new Error('the editor is not there yet')
    return found
  })
  const view = EditorView.findFromDOM(content)
  if (!view) throw new Error('this is no editor')
  return view
}

function write(view: EditorView, text: string) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
}

const requestOf = (intent: Intent | undefined) => (intent?.intent === 'edit_catalog' ? intent.request : undefined)

describe('the atoms of the master catalog', () => {
  it('are listed with how many versions they have, the newest and whether any is active', async () => {
    const platform = examplePlatform()
    const [atom] = platform.catalog.atoms.filter(({ slug }) => slug === 'query-database')
    for (const version of atom?.versions ?? []) version.isActive = false
    open(platform, '/catalog')
    const row = await screen.findByTestId('atom-row-query-database')
    const cells = within(row)
      .getAllByRole('gridcell')
      .map(({ textContent }) => textContent)
    expect(cells).toEqual(['Data', 'Query Database', 'query-database', '3', '1.2', 'Inactive'])
    expect(await screen.findByTestId('atom-row-delay')).toHaveTextContent('Active')
  })

  it('are found among twenty thousand at once', async () => {
    const platform = examplePlatform()
    platform.catalog = largeCatalog()
    const { user } = open(platform, '/catalog')
    await screen.findByTestId('atom-row-atom-1')
    await user.type(screen.getByTestId('search'), 'atom-19777')
    expect(await screen.findByTestId('atom-row-atom-19777')).toHaveTextContent('1.9')
    await waitFor(() => expect(screen.getAllByTestId(/^atom-row-/)).toHaveLength(1))
  })

  it('puts 1.10 after 1.9', async () => {
    const platform = examplePlatform()
    platform.catalog = largeCatalog()
    open(platform, '/catalog?q=atom-20')
    expect(await screen.findByTestId('atom-row-atom-20')).toHaveTextContent('1.10')
  })
})

describe('an atom of the master catalog', () => {
  it('is written anew after its plan was read, in a category that is new too', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog')
    await user.click(await screen.findByTestId('atom-new'))
    await user.type(await screen.findByTestId('atom-name'), 'Résumé  Reader (PDF)')
    expect(screen.getByTestId('atom-slug')).toHaveValue('resume-reader-pdf')
    await user.type(screen.getByTestId('atom-category'), 'Documents')
    expect(await screen.findByText('A new category.')).toBeInTheDocument()
    await user.tab()
    await user.click(screen.getByTestId('atom-save'))
    expect(await screen.findByTestId('plan')).toHaveTextContent('resume-reader-pdf')
    await user.click(screen.getByTestId('apply-plan'))
    await user.click(await screen.findByTestId('plan-close'))
    expect(await screen.findByTestId('atom-detail')).toHaveTextContent('Résumé Reader (PDF)')
    expect(requestOf(fake.planned.at(-1))).toMatchObject({
      categories: [{ name: 'Documents' }],
      atoms: [{ slug: 'resume-reader-pdf', category: 'Documents', versions: [{ version: '1.0', configSchema: '{}' }] }],
    })
    expect(fake.platform.catalog.categories.map(({ name }) => name)).toContain('Documents')
  })

  it('sends only what was changed', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog?atom=query-database&panel=edit')
    const description = await screen.findByTestId('atom-description')
    expect(screen.getByTestId('atom-save')).toBeDisabled()
    await user.type(description, ' Read only.')
    await user.click(screen.getByTestId('atom-save'))
    await screen.findByTestId('plan')
    expect(requestOf(fake.planned.at(-1))).toEqual({
      categories: [],
      atoms: [
        {
          slug: 'query-database',
          name: 'Query Database',
          description: 'Query Database, as every tenant has it. Read only.',
          category: 'Data',
          versions: [],
        },
      ],
      removeVersions: [],
    })
  })

  it('keeps what was typed while one looks at another', async () => {
    const { user } = open(examplePlatform(), '/catalog?atom=delay&panel=edit')
    await user.type(await screen.findByTestId('atom-name'), ' a while')
    await user.click(screen.getByTestId('atom-row-webhook'))
    await screen.findByTestId('atom-detail')
    await user.click(screen.getByTestId('atom-row-delay'))
    await user.click(await screen.findByTestId('atom-edit'))
    expect(await screen.findByTestId('atom-name')).toHaveValue('Delay a while')
    await user.click(screen.getByTestId('atom-discard'))
    expect(screen.getByTestId('atom-name')).toHaveValue('Delay')
  })

  it('shows a problem at its field', async () => {
    const { user } = open(examplePlatform(), '/catalog?atom=delay&panel=edit')
    await user.clear(await screen.findByTestId('atom-name'))
    await user.click(screen.getByTestId('version-add'))
    await user.clear(await screen.findByTestId('version-number'))
    await user.click(screen.getByTestId('atom-save'))
    await waitFor(() => expect(screen.getByTestId('atom-name')).toBeInvalid())
    expect(screen.getByTestId('version-number')).toBeInvalid()
    expect(screen.queryByTestId('plan')).toBeNull()
    await expectAccessible()
  })

  it('gives a published version another one beside it, and leaves its content', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog?atom=start&panel=edit')
    expect(await screen.findByTestId('version-published')).toHaveTextContent('so its content stays as it is')
    expect(screen.getByTestId('version-notes')).toHaveAttribute('readonly')
    expect((await editor()).state.readOnly).toBe(true)
    await user.click(screen.getByTestId('version-copy'))
    expect(await screen.findByTestId('version-number')).toHaveValue('1.1')
    expect(screen.queryByTestId('version-published')).toBeNull()
    expect((await editor()).state.doc.toString()).toContain('"retries"')
    await user.click(screen.getByTestId('atom-save'))
    await screen.findByTestId('plan')
    const [sent] = requestOf(fake.planned.at(-1))?.atoms ?? []
    expect(sent?.versions.map(({ version }) => version)).toEqual(['1.1'])
  })

  it('gets a version number that is free', async () => {
    const { user } = open(examplePlatform(), '/catalog?atom=query-database&panel=edit')
    await user.click(await screen.findByTestId('version-copy-1.1'))
    expect(await screen.findByTestId('version-number')).toHaveValue('1.3')
  })

  it('can lose a version', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog?atom=query-database&panel=edit')
    await user.click(await screen.findByTestId('version-remove-1.0'))
    await user.click(screen.getByTestId('atom-save'))
    await user.click(await screen.findByTestId('apply-plan'))
    await user.click(await screen.findByTestId('plan-close'))
    const atom = fake.platform.catalog.atoms.find(({ slug }) => slug === 'query-database')
    expect(atom?.versions.map(({ version }) => version)).toEqual(['1.1', '1.2'])
  })
})

describe('a config schema', () => {
  const NEW = '/catalog?panel=new'

  it('says what is wrong where, while it is typed, and shows the form when it is right', async () => {
    const { user } = open(examplePlatform(), NEW)
    const view = await editor()
    expect(await screen.findByTestId('schema-calm')).toHaveTextContent('the schema is empty')
    write(view, '{"properties": {"port": {"type": "integr"}}}')
    await waitFor(() => expect(screen.getByTestId('schema-problems')).toHaveTextContent('/properties/port/type'))
    const host = screen.getByTestId('schema-editor')
    await waitFor(() => expect(host.shadowRoot?.querySelector('.cm-lintRange-error')?.textContent).toBe('"integr"'))
    expect(screen.getByTestId('schema-calm')).toHaveTextContent('as soon as the schema is right')
    write(view, '{"properties": {"port": ')
    await waitFor(() => expect(screen.getByTestId('schema-problems')).toHaveTextContent('Line 1, column'))
    write(view, '{"properties": {"port": {"type": "integer", "title": "Port"}}, "required": ["port"]}')
    const form = await screen.findByTestId('schema-form')
    const port = await within(form).findByLabelText('Port')
    await user.type(port, '8080{Enter}')
    expect(port).toHaveValue(8080)
    expect(screen.queryByTestId('plan')).toBeNull()
    await expectAccessible()
  })

  it('shows lists, choices and alternatives as controls', async () => {
    const { user } = open(examplePlatform(), NEW)
    write(
      await editor(),
      JSON.stringify({
        type: 'object',
        properties: {
          level: { enum: ['low', 'high'] },
          hosts: { type: 'array', items: { type: 'string', title: 'Host' } },
          secure: { type: 'boolean', title: 'Secure' },
          auth: {
            oneOf: [
              { title: 'None', type: 'null' },
              { title: 'Token', properties: { token: { type: 'string' } } },
            ],
          },
        },
      }),
    )
    const form = await screen.findByTestId('schema-form')
    await user.click(within(form).getByRole('button', { name: 'Add' }))
    await waitFor(() => expect(form.querySelectorAll('.schema-item input')).toHaveLength(1))
    await user.selectOptions(within(form).getByLabelText(/level/), 'high')
    expect(within(form).getByLabelText('Secure')).toBeInTheDocument()
    await expectAccessible()
  })

  it('that points to itself or elsewhere has a calm answer', async () => {
    open(examplePlatform(), NEW)
    const view = await editor()
    write(view, '{"$ref": "https://example.org/schema.json"}')
    await waitFor(() => expect(screen.getByTestId('schema-calm')).toHaveTextContent('more than a form can show'))
    write(view, '{"title": "Nothing"}')
    await waitFor(() => expect(screen.getByTestId('schema-calm')).toHaveTextContent('names no fields'))
  })

  it('is left by Escape and Tab, and keeps the keys of the window to itself', async () => {
    const { user } = open(examplePlatform(), NEW)
    const view = await editor()
    view.focus()
    await user.keyboard('{Escape}')
    expect(place()).toContain('panel=new')
    await user.keyboard('?')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(view.contentDOM).toHaveAttribute('aria-description', expect.stringContaining('Escape, then Tab'))
  })
})

describe('the categories', () => {
  it('get a description, a new one, and lose an empty one', async () => {
    const platform = examplePlatform()
    platform.catalog.categories.push({ name: 'Left over', description: '' })
    const { user, fake } = open(platform, '/catalog')
    await user.click(await screen.findByTestId('catalog-categories'))
    const data = await screen.findByTestId('category-Data')
    expect(within(data).getByRole('button', { name: 'Remove the category Data' })).toBeDisabled()
    await user.type(within(data).getByTestId('category-description'), ' Both.')
    await user.click(screen.getByRole('button', { name: 'Remove the category Left over' }))
    await user.click(screen.getByTestId('category-add'))
    await user.type(await screen.findByTestId('category-name'), 'Files')
    await expectAccessible()
    await user.click(screen.getByTestId('categories-save'))
    await user.click(await screen.findByTestId('apply-plan'))
    await screen.findByTestId('task-result')
    expect(requestOf(fake.planned.at(-1))).toEqual({
      categories: [
        { name: 'Files', description: '' },
        { name: 'Data', description: 'Reading and writing. Both.' },
      ],
      removeCategories: ['Left over'],
    })
  })
})

describe('an import', () => {
  it.each([
    ['public', { source: 'schema', schema: 'public' }],
    ['tenant', { source: 'schema', schema: 'umbrella_steel' }],
  ])('comes from %s too', async (from, request) => {
    const { user, fake } = open(examplePlatform(), '/catalog?panel=import')
    await user.click(await screen.findByTestId(`import-${from}`))
    if (from === 'tenant') {
      expect(screen.getByTestId('catalog-preview')).toBeDisabled()
      await user.type(screen.getByTestId('import-from-tenant'), 'umbrella')
      await user.click(await screen.findByTestId('pick-umbrella_steel'))
    }
    await user.click(screen.getByTestId('catalog-preview'))
    await screen.findByTestId('plan')
    expect(fake.planned.at(-1)).toEqual({ intent: 'import_catalog', request })
    await expectAccessible()
  })
})

it('the master catalog is exported, and it is said where to', async () => {
  const { user } = open(examplePlatform(), '/catalog')
  await user.click(await screen.findByTestId('catalog-export'))
  await waitFor(() => expect(screen.getByTestId('catalog-exported')).toHaveTextContent('/home/user/catalog.json'))
})

describe('where an atom is used', () => {
  it('is looked up when it is asked for: tenants, tables and columns', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog?atom=webhook')
    await user.click(await screen.findByTestId('usage-look'))
    expect(await screen.findByTestId('usage-summary')).toHaveTextContent(/tenants have it; in 4 of them \d+ rows refer/)
    expect(screen.getByTestId('usage')).toHaveTextContent('workflows_workflowatom.atom_id')
    expect(fake.calls.filter((command) => command === 'catalog_usage')).toHaveLength(1)
    const [row] = screen.getAllByTestId(/^usage-row-/)
    await user.click(row as HTMLElement)
    expect(await screen.findByTestId('usage-tenant')).toHaveTextContent('atom_configs_atomconfig.atom_version_id')
    await expectAccessible()
  })
})

describe('an atom that is removed', () => {
  const RETIRE = '/catalog?atom=webhook&panel=retire'

  it('shows who uses it first, and goes out of the master catalog only', async () => {
    const { user, fake } = open(examplePlatform(), '/catalog?atom=webhook')
    await user.click(await screen.findByTestId('atom-remove'))
    expect(await screen.findByTestId('usage-summary')).toBeInTheDocument()
    await user.click(screen.getByTestId('retire-master'))
    expect(await screen.findByTestId('plan')).toHaveTextContent('webhook')
    await expectAccessible()
    await user.click(screen.getByTestId('apply-plan'))
    expect(await screen.findByTestId('task-result')).toHaveTextContent('The tenants still have it')
    expect(requestOf(fake.planned.at(-1))).toEqual({ removeAtoms: ['webhook'] })
    expect(fake.platform.tenants[0]?.atoms.some(({ slug }) => slug === 'webhook')).toBe(true)
  })

  it('is deleted where nothing refers to it, as a job over the others', async () => {
    const { user, fake } = open(examplePlatform(), RETIRE)
    await user.click(await screen.findByTestId('retire-delete'))
    expect(await screen.findByTestId('retire-still')).toBeInTheDocument()
    expect(await screen.findByText(/It can be done in 8 tenants; 4 are left as they are/)).toBeInTheDocument()
    const [refused] = screen.getAllByTestId(/^retire-row-/)
    await user.click(refused as HTMLElement)
    expect(await screen.findByTestId('retire-tenant')).toHaveTextContent('refer to it')
    const ready = screen.getAllByTestId(/^retire-row-/)[4]
    await user.click(ready as HTMLElement)
    expect(await screen.findByTestId('plan-change')).toHaveTextContent('webhook')
    await expectAccessible()
    await user.click(screen.getByRole('button', { name: 'Delete Webhook in 8 tenants' }))
    await waitFor(() => expect(place()).toContain('/jobs?job='))
    expect(fake.platform.jobs[0]?.items).toHaveLength(8)
  })

  it('is re-pointed to an atom that is chosen', async () => {
    const { user, fake } = open(examplePlatform(), RETIRE)
    await user.click(await screen.findByTestId('retire-repoint'))
    expect(screen.queryByTestId('create-job')).toBeNull()
    await user.type(await screen.findByTestId('retire-to'), 'send mess')
    await user.click(await screen.findByTestId('pick-atom-send-message'))
    await user.click(await screen.findByTestId('create-job'))
    await waitFor(() => expect(place()).toContain('/jobs?job='))
    expect(fake.platform.jobs[0]?.items[0]?.intent).toMatchObject({
      intent: 'retire_atom',
      request: { slug: 'webhook', how: { way: 'repoint', to: 'send-message' } },
    })
  })

  it('keeps the focus in the choice when another way is chosen by the keyboard', async () => {
    const { user } = open(examplePlatform(), RETIRE)
    await user.click(await screen.findByTestId('retire-master'))
    await screen.findByTestId('plan')
    await user.keyboard('{ArrowDown}')
    await screen.findByTestId('retire-still')
    expect(document.activeElement).toHaveAttribute('value', 'deactivate')
  })

  it('is still to be removed from tenants when the master catalog has it no longer', async () => {
    const platform = examplePlatform()
    platform.catalog.atoms = platform.catalog.atoms.filter(({ slug }) => slug !== 'webhook')
    const { user } = open(platform, '/catalog?atom=webhook')
    await user.click(await screen.findByTestId('atom-remove'))
    await user.click(await screen.findByTestId('retire-deactivate'))
    expect(await screen.findByRole('button', { name: 'Switch webhook off in 12 tenants' })).toBeInTheDocument()
    expect(screen.queryByTestId('retire-still')).toBeNull()
  })
})
