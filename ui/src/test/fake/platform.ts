import type {
  Attribute,
  AttributeColumn,
  Choice,
  Domain,
  DomainPolicy,
  Entry,
  Finding,
  Inverse,
  MasterAtom,
  MasterCatalog,
  Status,
  Tenant,
  TenantAtom,
  TrashedTenant,
} from '../../ipc/client'
import { ADOPTED_COLUMNS } from './columns'
import type { FakeCopy } from './copies'
import { releaseAndSpread } from './fleetExample'
import { createJob, type FakeJob } from './jobs'
import { isProblem, normalise, problem } from './names'
import { plan, write } from './plans'
import type { FakeRelease } from './releases'

export type FakeTenant = Tenant & { attributes: Attribute[]; atoms: TenantAtom[] }

/** A platform that is made up. */
export type FakePlatform = {
  place: Status['place']
  /** Where one is instead, once one has connected to a server. */
  at?: Partial<Status> | undefined
  /** What rests on our schema. */
  dependents?: string[]
  /** The columns of its own that its tenant table has, where they are not the usual ones. */
  columns?: AttributeColumn[]
  tenants: FakeTenant[]
  domains: Domain[]
  /** What it asks of domains. */
  policy: DomainPolicy
  catalog: MasterCatalog
  /** The newest first. */
  releases: FakeRelease[]
  /** Where new tenants start; the newest unless it is said. */
  startRelease: number | null
  /** The tenants' copies of the catalog, where they were ever synchronised. */
  copies: Record<string, FakeCopy>
  journal: Entry[]
  /** What would take an entry of the journal back. */
  inverses: Record<string, Inverse>
  trash: (TrashedTenant & { tenant: FakeTenant; rows: Domain[] })[]
  blueprint: Choice
  /** What there is to say about the template. */
  advice?: Finding[]
  jobs: FakeJob[]
  /** Schemas on which a job fails the first time. */
  stubborn: string[]
  /** The entry at which the journal's chain breaks. */
  brokenAt: number | null
}

export const COLUMNS: AttributeColumn[] = [
  { column: 'seats_allowed', dataType: 'integer', default: '0' },
  { column: 'project_cap', dataType: 'integer', default: '0' },
  { column: 'admin_name', dataType: 'character varying(255)', default: "''::character varying" },
  { column: 'admin_email', dataType: 'character varying(254)', default: "''::character varying" },
  { column: 'users_in_use', dataType: 'integer', default: '0' },
  { column: 'allowed_apps', dataType: 'jsonb', default: "'[]'::jsonb" },
  { column: 'projects_allowed', dataType: 'jsonb', default: "'[]'::jsonb" },
]

const version = (name: string, isActive = true) => ({
  version: name,
  releaseDate: '2026-03-01',
  releaseNotes: isActive ? '' : 'Replaced by a later version.',
  configSchema: '{"type":"object","properties":{"retries":{"type":"integer","minimum":0}}}',
  isActive,
})

const atom = (name: string, category: string, ...versions: string[]): MasterAtom => ({
  slug: name.toLowerCase().replaceAll(' ', '-'),
  name,
  description: `${name}, as every tenant has it.`,
  category,
  versions: versions.map((of, at) => version(of, at === versions.length - 1)),
})

export const CATALOG: MasterCatalog = {
  categories: [
    { name: 'Communication', description: 'Messages to people.' },
    { name: 'Data', description: 'Reading and writing.' },
    { name: 'General', description: '' },
  ],
  atoms: [
    atom('Send E-mail', 'Communication', '1.0', '1.1'),
    atom('Send Message', 'Communication', '1.0'),
    atom('Webhook', 'Communication', '1.0', '2.0'),
    atom('Extract Table', 'Data', '1.0'),
    atom('Query Database', 'Data', '1.0', '1.1', '1.2'),
    atom('Transform Rows', 'Data', '1.0'),
    atom('Approve', 'General', '1.0'),
    atom('Delay', 'General', '1.0'),
    atom('Start', 'General', '1.0'),
  ],
}

export const atomsOf = (catalog: MasterCatalog): TenantAtom[] =>
  catalog.atoms.map(({ slug, name, category, versions }) => ({
    slug,
    name,
    category,
    versions: versions.map(({ version, isActive }) => ({ version, isActive })),
  }))

export function emptyPlatform(): FakePlatform {
  return {
    place: { place: 'private', dataDir: '/home/user/.local/share/tenantry/postgres' },
    tenants: [],
    domains: [],
    policy: { addresses: [], names: [], authorities: [], httpsPort: 443, proofRequired: false },
    catalog: { categories: [], atoms: [] },
    releases: [],
    startRelease: null,
    copies: {},
    journal: [],
    inverses: {},
    trash: [],
    blueprint: { template: null, reference: [], hasFiles: true },
    jobs: [],
    stubborn: ['umbrella_steel'],
    brokenAt: null,
  }
}

export function addTenant(of: FakePlatform, name: string, schema: string, domains: string[]): FakeTenant {
  const tenant: FakeTenant = {
    schema,
    name,
    isActive: true,
    createdOn: `2026-0${1 + (of.tenants.length % 9)}-1${of.tenants.length % 10}`,
    primaryDomain: null,
    domains: 0,
    hasSchema: true,
    attributes: COLUMNS.map(({ column }) => ({ column, value: column.startsWith('admin') ? '' : '0' })),
    atoms: atomsOf(of.catalog),
  }
  of.tenants.push(tenant)
  for (const [at, domain] of domains.entries()) addDomain(of, tenant, domain, at === 0)
  return tenant
}

export function addDomain(of: FakePlatform, tenant: FakeTenant, domain: string, primary: boolean) {
  const name = normalise('domain', domain)
  const isNormal = !isProblem(name) && name.stored === domain
  of.domains.push({
    domain,
    unicode: isProblem(name) ? domain : domain.startsWith('xn--') ? 'münchen.example' : name.unicode,
    primary,
    kind: isProblem(name) ? 'public' : name.kind,
    unreachable: isNormal ? null : problem('domain', domain, { code: 'domain_not_normal' }, null),
    owner: { schema: tenant.schema, name: tenant.name },
  })
  tenant.domains += 1
  if (primary) tenant.primaryDomain = domain
}

const NAMES = ['Northwind', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark', 'Wayne', 'Acme', 'Soylent', 'Tyrell']
const TRADES = ['Foods', 'Logistics', 'Energy', 'Health', 'Media', 'Labs', 'Freight', 'Insurance', 'Optics', 'Steel']

export function examplePlatform(): FakePlatform {
  const of = { ...emptyPlatform(), catalog: structuredClone(CATALOG) }
  addTenant(of, 'Quant Matrix AI', 'Quant_Matrix_AI_Schema', ['quantmatrix.ai', 'localhost', '127.0.0.1'])
  for (let at = 0; at < 11; at += 1) {
    const name = `${NAMES[at % 10]} ${TRADES[(at * 3 + Math.floor(at / 10)) % 10]}`
    const base = name.toLowerCase().replace(' ', '-')
    addTenant(of, name, base.replace('-', '_'), [`${base}.example`, `shop.${base}.example`].slice(0, 1 + (at % 2)))
  }
  const [first, second, third, fourth] = of.tenants.slice(1)
  if (first) addDomain(of, first, 'xn--mnchen-3ya.example', false)
  if (second) addDomain(of, second, 'WWW.Globex.example', false)
  if (third) third.isActive = false
  if (fourth) fourth.atoms = fourth.atoms.slice(0, 5)
  inOrder(of)
  releaseAndSpread(of)
  return of
}

/** Ten thousand tenants. */
export function largePlatform(): FakePlatform {
  const of = { ...emptyPlatform(), catalog: structuredClone(CATALOG) }
  for (let at = 0; at < 10_000; at += 1) {
    const name = `${NAMES[at % 10]} ${TRADES[Math.floor(at / 10) % 10]} ${Math.floor(at / 100)}`
    const base = name.toLowerCase().replaceAll(' ', '-')
    addTenant(of, name, base.replaceAll('-', '_'), [`${base}.example`, `shop.${base}.example`])
  }
  inOrder(of)
  releaseAndSpread(of)
  return of
}

/** A platform of somebody's, whose tenant table has columns of every kind. */
export function adoptedPlatform(): FakePlatform {
  return { ...examplePlatform(), columns: ADOPTED_COLUMNS }
}

/** Names that nobody would choose, and somebody has. */
export function hostilePlatform(): FakePlatform {
  const of = examplePlatform()
  addTenant(of, '<img src=x onerror=alert(1)>', 'weird"; DROP SCHEMA b; --', ['x.example'])
  addTenant(of, 'abc\u202Edef reversed', 'rtl', ['rtl.example'])
  addTenant(of, 'شركة الاختبار', 'arabic', ['arabic.example'])
  const long = 'A company with a name that goes on for as long as a column lets it '.repeat(4).slice(0, 255)
  addTenant(of, long, 'a'.repeat(63), [`${'label-that-is-long.'.repeat(9)}example`])
  const ghost = addTenant(of, 'Ghost', 'ghost', ['ghost.example'])
  ghost.hasSchema = false
  return inOrder(of)
}

/** As the engine gives them. */
function inOrder(of: FakePlatform): FakePlatform {
  of.tenants.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
  return of
}

/** A platform in the middle of its day: deleted tenants, jobs of every state, a journal of many pages. */
export function busyPlatform(): FakePlatform {
  const of = examplePlatform()
  for (let at = 0; at < 400; at += 1) {
    const name = `${NAMES[at % 10]} ${TRADES[(at * 7) % 10]} ${at}`
    const base = name.toLowerCase().replaceAll(' ', '-')
    const tenant = addTenant(of, name, base.replaceAll('-', '_'), [`${base}.example`])
    if (at % 23 === 0) tenant.isActive = false
  }
  const gone = of.tenants.filter((_, at) => at % 40 === 5)
  for (const { schema } of gone) write(of, plan(of, { intent: 'delete_tenant', request: { schema } }))
  for (const { schema } of of.tenants.slice(30, 260)) {
    write(of, plan(of, { intent: 'set_active', request: { schema, active: false } }))
    write(of, plan(of, { intent: 'set_active', request: { schema, active: true } }))
  }
  const states = ['paused', 'cancelled', 'finished', 'finished'] as const
  for (const [nth, state] of states.entries()) {
    const its = of.tenants.slice(nth * 20, nth * 20 + 40)
    const items = its.map(({ schema }) => ({
      subject: schema,
      intent: { intent: 'set_active' as const, request: { schema, active: nth % 2 === 0 } },
      planHash: null,
    }))
    const job = createJob(of, items)
    job.state = state
    for (const item of state === 'finished' ? job.items : job.items.slice(0, 17)) {
      const fails = nth < 3 && item.position % 9 === 4
      const failure = fails ? 'canceling statement due to lock timeout' : null
      const operation = fails ? null : (of.journal[item.position]?.id ?? null)
      Object.assign(item, { state: fails ? 'failed' : 'done', failure, operation, attempts: 1, milliseconds: 61 })
    }
    if (state === 'finished') job.finishedAt = new Date().toISOString()
  }
  return inOrder(of)
}
