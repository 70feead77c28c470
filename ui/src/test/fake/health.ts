import type { Health, HealthFinding, PartDifference, Severity, Symptom, TenantHealth } from '../../ipc/client'
import type { FakePlatform, FakeTenant } from './platform'

const NOTICES: Symptom['symptom'][] = ['ledger_has_more', 'object_extra', 'unvalidated_constraint']
const GRAVE: Symptom['symptom'][] = [
  'schema_missing',
  'falls_through',
  'key_to_another_tenant',
  'depends_on_another_tenant',
]
const ORDER: Severity[] = ['grave', 'wrong', 'notice']

const finding = (symptom: Symptom): HealthFinding => ({
  severity: GRAVE.includes(symptom.symptom) ? 'grave' : NOTICES.includes(symptom.symptom) ? 'notice' : 'wrong',
  symptom,
})

const ATOMS = ['atoms_atom', 'atoms_atomcategory', 'atoms_atomversion']

/** What is wrong with a few of many, by their place: a group, and what was found. */
const DAMAGE: [group: number, ...Symptom[]][] = [
  [1, { symptom: 'falls_through', tables: ATOMS }, { symptom: 'ledger_ahead', app: 'atoms', tables: ATOMS }],
  [
    2,
    { symptom: 'half_built', has: 31, of: 40, lacks: ['workflows_workflow', 'workflows_workflowrun', 'registry_run'] },
    { symptom: 'ledger_behind', migrations: ['workflows.0004_run', 'workflows.0005_step'] },
  ],
  [0, { symptom: 'sequence_behind', table: 'registry_project', column: 'id', next: '41', max: '1209' }],
  [
    3,
    {
      symptom: 'object_missing',
      kind: 'constraint',
      name: 'atoms_atom.atoms_atom_slug_key',
      definition: 'UNIQUE (slug)',
    },
    {
      symptom: 'object_differs',
      kind: 'column',
      name: 'registry_project.title',
      wanted: 'character varying(200) NOT NULL',
      found: 'character varying(100) NOT NULL',
    },
  ],
  [
    4,
    {
      symptom: 'object_extra',
      kind: 'index',
      name: 'workflows_workflowrun.by_hand',
      definition: 'CREATE INDEX by_hand ON workflows_workflowrun USING btree (created_at)',
    },
  ],
  [
    5,
    {
      symptom: 'key_to_another_tenant',
      table: 'registry_project',
      constraint: 'registry_project_owner_fk',
      other: 'globex_health',
    },
    { symptom: 'invalid_index', table: 'registry_run', index: 'registry_run_state_ccnew' },
  ],
]

const EVERY = 3

export function healthOf(of: FakePlatform, only: string | null): Health {
  const all = of.tenants.map((tenant, at) => ofTenant(tenant, at)).sort((a, b) => rank(a) - rank(b))
  const ids = [...new Set(all.map(({ group }) => group))].filter((id) => id !== null)
  const groups = ids
    .map((id) => ({
      id,
      fingerprint: `${id}7c0ffee5eed1234`,
      tenants: all.filter(({ group }) => group === id).length,
      objects: 412 - id * 7,
      isReference: id === 0,
    }))
    .sort((a, b) => b.tenants - a.tenants)
  const tight = of.tenants.length > 500
  return {
    at: new Date().toISOString(),
    reference: all.findLast(({ group }) => group === 0)?.schema ?? null,
    tenants: only === null ? all : all.filter(({ schema }) => schema === only),
    groups,
    orphans: [
      { schema: 'backup_of_globex', tables: 40, looksLikeTenant: true },
      { schema: 'reporting', tables: 3, looksLikeTenant: false },
    ],
    sequences: { read: of.tenants.length * 4, leftOut: only === null && tight ? 36_000 : 0 },
    capacity: {
      tenants: of.tenants.length,
      relations: 20 + of.tenants.length * 200,
      relationsPerTenant: 200,
      tables: 20 + of.tenants.length * 40,
      tablesPerTenant: 40,
      catalogBytes: 212_000_000,
      databaseBytes: 4_200_000_000,
      lockSlots: 6_400,
      tenantsUntilDumpFails: tight ? 12 : 212,
      tenantsPerDrop: 32,
      advice: tight ? { setting: 'max_locks_per_transaction', now: 64, needed: 512 } : null,
    },
  }
}

function ofTenant({ schema, name, hasSchema }: FakeTenant, at: number): TenantHealth {
  const few = at % EVERY === 1 ? DAMAGE[Math.floor(at / EVERY)] : undefined
  const [group, ...symptoms] = few ?? [0]
  const found: Symptom[] = hasSchema ? symptoms : [{ symptom: 'schema_missing' }]
  const findings = found.map(finding).sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
  const worst = findings[0]?.severity
  const verdict = worst === undefined ? 'passed' : worst === 'notice' ? 'notice' : 'failed'
  return { schema, name, verdict, group: hasSchema ? group : null, findings }
}

const rank = ({ findings: [first] }: TenantHealth) => (first ? ORDER.indexOf(first.severity) : ORDER.length)

export function differenceOf(of: FakePlatform, schema: string): PartDifference[] {
  const tenant = healthOf(of, schema).tenants[0]
  if (tenant?.group === 0) return []
  return [
    {
      kind: 'table',
      name: 'workflows_workflowrun',
      wanted: 'id bigint NOT NULL, state character varying(20) NOT NULL',
      found: null,
      sql: '-- the table workflows_workflowrun is missing\nCREATE TABLE "workflows_workflowrun" (id bigint NOT NULL, state character varying(20) NOT NULL);\n',
    },
    {
      kind: 'column',
      name: 'registry_project.title',
      wanted: 'character varying(200) NOT NULL',
      found: 'character varying(100) NOT NULL',
      sql: '-- the column registry_project.title is different; it is: character varying(100) NOT NULL\n-- it should be: ALTER TABLE "registry_project" ADD COLUMN "title" character varying(200) NOT NULL;\n',
    },
    {
      kind: 'index',
      name: 'registry_project.by_hand',
      wanted: null,
      found: 'CREATE INDEX by_hand ON registry_project USING btree (created_at)',
      sql: '-- the index registry_project.by_hand is not in the reference; to remove it:\n-- DROP INDEX "by_hand";\n',
    },
  ]
}
