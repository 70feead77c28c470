import { render, screen } from '@testing-library/react'
import { IntlProvider } from 'react-intl'
import { describe, expect, it } from 'vitest'
import type { Change, Finding, Plan } from '../../ipc/client'
import { messages } from '../../messages/en'
import { type Text, useText } from '../../shared/text'
import { applyLabel } from './applyLabel'
import { ChangeList } from './ChangeList'
import { FindingList } from './FindingList'

const show = (what: React.ReactNode) =>
  render(
    <IntlProvider locale="en-GB" messages={messages}>
      {what}
    </IntlProvider>,
  )

const rows = { categories: ['Data'], atoms: ['webhook'], versions: { webhook: ['1.0', '2.0'] } }
const none = {}
const references = [{ slug: 'webhook', version: '', table: 'workflows_workflow', column: 'atom_id', rows: 7 }]

const CHANGES: [Change, string[]][] = [
  [
    {
      change: 'edit_catalog',
      categories: ['Data'],
      added: [{ slug: 'wait', name: 'Wait', versions: ['1.0'] }],
      changed: [{ slug: 'webhook', name: 'Webhook', fields: ['name'] }],
      removedCategories: [],
      removedAtoms: [{ slug: 'gone', name: 'Gone', versions: [] }],
      removedVersions: [{ slug: 'webhook', version: '0.9' }],
    },
    ['3 rows written, 2 removed', 'Wait', 'changes name', 'gone', 'webhook 0.9'],
  ],
  [
    {
      change: 'retire_atom',
      schema: 'acme',
      slug: 'webhook',
      how: { way: 'deactivate' },
      versions: ['1.0'],
      repointed: [],
    },
    ['webhook switched off, with 1 version', 'of acme'],
  ],
  [
    {
      change: 'retire_atom',
      schema: 'acme',
      slug: 'webhook',
      how: { way: 'repoint', to: 'call' },
      versions: [],
      repointed: references,
    },
    ['what refers to it was pointed to call', 'workflows_workflow.atom_id × 7'],
  ],
  [
    { change: 'bring_back_atom', schema: 'acme', slug: 'webhook', versions: ['1.0', '2.0'], repointed: [] },
    ['webhook as it was, with 2 versions', 'to acme'],
  ],
  [
    {
      change: 'make_release',
      number: 4,
      contentHash: 'abcdef0123456789',
      size: { categories: 3, atoms: 9, versions: 13 },
      added: 1,
      changed: 0,
      removed: 0,
    },
    [
      'Release 4',
      '1 row added, none changed, none removed',
      '9 atoms with 13 versions in 3 categories',
      'abcdef012345',
    ],
  ],
  [{ change: 'change_start_release', before: 3, after: null }, ['release 3', 'the newest release']],
  [
    {
      change: 'sync_catalog',
      schema: 'acme',
      releaseBefore: null,
      release: 4,
      insert: rows,
      update: none,
      deactivate: none,
      aside: [],
      deviations: [],
    },
    ['4 rows added, none updated, none switched off', 'no release yet', 'release 4', 'webhook 2.0'],
  ],
  [
    {
      change: 'restore_copy',
      schema: 'acme',
      release: 4,
      releaseBefore: 3,
      remove: rows,
      putBack: { categories: [], atoms: [], versions: [] },
      left: [],
    },
    ['4 rows taken out, none put back', 'release 3'],
  ],
]

const FINDINGS: [Finding, string[]][] = [
  [{ finding: 'catalog_kept', schema: 'acme', rows }, ['4 rows of acme stay as they are', 'webhook 1.0']],
  [{ finding: 'catalog_changed_since', schema: 'acme', rows }, ['4 rows of acme stay as they are', 'since']],
  [
    {
      finding: 'catalog_conflicts',
      schema: 'acme',
      conflicts: [
        { row: { part: 'atom', key: 'webhook' }, state: 'edited_and_changed', choice: null },
        { row: { part: 'version', key: 'wait', version: '1.0' }, state: 'edited_and_gone', choice: 'keep' },
      ],
    },
    ['2 rows of acme were changed', '1 has to be decided first', '1 row to decide', 'wait 1.0'],
  ],
  [
    { finding: 'atom_name_taken', schema: 'acme', slug: 'webhook', holder: 'hook' },
    ['webhook is left out: in acme, hook has its name.'],
  ],
]

describe('a plan of the catalog', () => {
  it.each(CHANGES)('says in words what it does: %o', (change, said) => {
    show(<ChangeList changes={[change]} />)
    for (const words of said) expect(screen.getByTestId('plan-change')).toHaveTextContent(words)
  })

  it.each(FINDINGS)('says in words what is worth knowing: %o', (finding, said) => {
    show(<FindingList findings={[finding]} />)
    for (const words of said) expect(screen.getByTestId('plan-finding')).toHaveTextContent(words)
  })

  it('has the verb, the number and the place on its button', () => {
    const labels: string[] = []
    const plan = (intent: Plan['intent'], change: Change): Plan => ({
      intent,
      subject: 'catalog',
      changes: [change],
      findings: [],
      basis: [],
      inverse: null,
      hash: '',
    })
    const changeOf = (change: Change['change']) =>
      CHANGES.map(([of]) => of).find((of) => of.change === change) as Change
    function Labels() {
      const { t }: Text = useText()
      labels.push(
        applyLabel(t, plan({ intent: 'edit_catalog', request: {} }, changeOf('edit_catalog')), 'x'),
        applyLabel(
          t,
          plan(
            { intent: 'retire_atom', request: { schema: 'acme', slug: 'webhook', how: { way: 'deactivate' } } },
            changeOf('retire_atom'),
          ),
          'Acme',
        ),
        applyLabel(t, plan({ intent: 'release_catalog', request: { notes: '' } }, changeOf('make_release')), 'x'),
        applyLabel(
          t,
          plan({ intent: 'set_start_release', request: { release: null } }, changeOf('change_start_release')),
          'x',
        ),
        applyLabel(t, plan({ intent: 'sync_catalog', request: { schema: 'acme' } }, changeOf('sync_catalog')), 'Acme'),
      )
      return null
    }
    show(<Labels />)
    expect(labels.slice(0, 5)).toEqual([
      'Write 5 rows to the master',
      'Retire 1 atom of Acme',
      'Make release 4',
      'Start new tenants at the newest release',
      'Bring Acme to release 4',
    ])
  })
})
