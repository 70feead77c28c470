import type {
  AppError,
  Change,
  Check,
  CreateTenant,
  DomainVerdict,
  Finding,
  Intent,
  Inverse,
  Plan,
  Problem,
} from '../../ipc/client'
import { assign, planMove, writeDomain } from './assign'
import { planAdd, planDomainImport, planPolicy } from './give'
import { kindOf } from './jobs'
import { type LifeIntent, planLife, writeLife } from './life'
import { planEdit, planRetire, writeEdit, writeRetire } from './master'
import { isProblem, normalise, problem, schemaProblem } from './names'
import { addTenant, CATALOG, type FakePlatform } from './platform'
import { addRelease, planRelease, planStart } from './releases'
import { planSync, writeSync } from './sync'

export const TABLES = [
  'atom_configs_atomconfig',
  'atoms_atom',
  'atoms_atomcategory',
  'atoms_atomversion',
  'django_migrations',
  'registry_app',
  'registry_project',
  'workflows_workflow',
  'workflows_workflowatom',
  'workflows_workflowrun',
]

/** Ends a command as the engine does: with an answer that is not "done". */
export function refuse(error: AppError): never {
  throw error
}

export function check(of: FakePlatform, request: CreateTenant): Check {
  const problems = []
  const name = request.name.trim()
  if (name === '') problems.push(problem('name', request.name, { code: 'required' }))
  const twin = of.tenants.find((tenant) => tenant.name === name && tenant.schema !== request.schema)
  if (twin) problems.push(problem('name', name, { code: 'name_taken', schema: twin.schema }))
  const schemas = of.tenants.map(({ schema }) => schema)
  const wrong = schemas.includes(request.schema) ? null : schemaProblem(request.schema, schemas)
  if (wrong) problems.push(wrong)
  for (const { column, value } of request.attributes) {
    const field = `attributes.${column}`
    if (['seats_allowed', 'project_cap', 'users_in_use'].includes(column) && !/^-?\d+$/.test(value ?? '')) {
      problems.push(problem(field, value ?? '', { code: 'attribute_type', wanted: 'integer' }))
    } else if (column === 'seats_allowed' && Number(value) < 0) {
      problems.push(problem(field, value ?? '', { code: 'attribute_check', rule: '(seats_allowed >= 0)' }))
    } else if (column === 'admin_email' && !/^\S+@\S+$/.test(value ?? '')) {
      problems.push(problem(field, value ?? '', { code: 'email' }))
    }
  }
  const domains = verdicts(of, request)
  if (request.primaryDomain.trim() === '') problems.push(problem('primary_domain', '', { code: 'required' }))
  for (const { outcome } of domains) if (outcome.outcome === 'invalid') problems.push(outcome.problem)
  return { problems, domains }
}

function verdicts(of: FakePlatform, request: CreateTenant): DomainVerdict[] {
  const inputs = [
    ['primary_domain', request.primaryDomain],
    ...request.aliases.map((alias, at) => [`aliases[${at}]`, alias]),
  ]
  const seen = new Set<string>()
  return inputs
    .filter(([, input = '']) => input.trim() !== '')
    .map(([field = '', input = '']) => {
      const name = normalise(field, input)
      if (isProblem(name)) return { field, input, name: null, outcome: { outcome: 'invalid', problem: name } }
      if (seen.has(name.stored)) {
        const repeated = problem(field, input, { code: 'domain_repeated' })
        return { field, input, name, outcome: { outcome: 'invalid', problem: repeated } }
      }
      seen.add(name.stored)
      const holder = of.domains.find(({ domain }) => domain === name.stored)
      if (!holder) return { field, input, name, outcome: { outcome: 'free' } }
      const { owner, primary } = holder
      if (owner.schema === request.schema) return { field, input, name, outcome: { outcome: 'yours_already', primary } }
      return { field, input, name, outcome: { outcome: 'taken', owner, primary } }
    })
}

let plans = 0
export function sealed(
  intent: Intent,
  subject: string,
  changes: Change[],
  findings: Finding[] = [],
  inverse: Inverse | null = null,
): Plan {
  plans += 1
  return { intent, subject, changes, findings, basis: [], inverse, hash: `${plans}` }
}

export function plan(of: FakePlatform, intent: Intent): Plan {
  switch (intent.intent) {
    case 'create_tenant':
      return planCreate(of, intent, intent.request)
    case 'add_domains':
      return planAdd(of, intent, intent.request)
    case 'remove_domain': {
      const { domain, owner, primary } = holder(of, intent.request.domain)
      if (primary) refuse({ code: 'primary_domain_needed', domain, owner })
      return assign(of, intent, owner.schema, [{ domain, to: null }])
    }
    case 'make_primary': {
      const { domain, owner } = holder(of, intent.request.domain)
      return assign(of, intent, owner.schema, [{ domain, to: owner.schema, primary: true }])
    }
    case 'move_domains':
      return planMove(of, intent)
    case 'import_domains':
      return planDomainImport(of, intent, intent.request)
    case 'set_domain_policy':
      return planPolicy(of, intent, intent.request)
    case 'sync_catalog':
      return planSync(of, intent.request)
    case 'release_catalog':
      return planRelease(of, intent)
    case 'set_start_release':
      return planStart(of, intent)
    case 'import_catalog':
      return planImport(of, intent)
    case 'edit_catalog':
      return planEdit(of, intent)
    case 'retire_atom':
      return planRetire(of, intent)
    case 'clone_tenant':
      return planClone(of, intent)
    case 'check_domains':
      return refuse({ code: 'refused', subject: intent.request.domains[0] ?? '', why: 'only_in_jobs' })
    case 'mend_tenant':
      return sealed(intent, intent.request.schema, [])
    default:
      return planLife(of, intent satisfies LifeIntent)
  }
}

export function holder(of: FakePlatform, wanted: string) {
  const found = of.domains.find(({ domain }) => domain === wanted)
  return found ?? refuse({ code: 'domain_not_found', domain: wanted })
}

export function findings(verdicts: DomainVerdict[]): Finding[] {
  return verdicts.flatMap(({ input, name, outcome }): Finding[] => {
    if (!name) return []
    const { stored: domain, rewrites } = name
    const rewritten: Finding[] =
      rewrites.length > 0 ? [{ finding: 'domain_rewritten', input, stored: domain, rewrites }] : []
    if (outcome.outcome === 'taken') {
      return [...rewritten, { finding: 'domain_taken', domain, owner: outcome.owner, primary: outcome.primary }]
    }
    if (outcome.outcome === 'yours_already')
      return [...rewritten, { finding: 'domain_yours', domain, primary: outcome.primary }]
    return rewritten
  })
}

function planCreate(
  of: FakePlatform,
  intent: Intent,
  request: CreateTenant,
  like?: { source: string; withData: boolean },
): Plan {
  const { problems: all, domains } = check(of, request)
  const isLeftOut = ({ field, rule }: Problem) => like && field === 'primary_domain' && rule.code === 'required'
  const problems = all.filter((found) => !isLeftOut(found))
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  for (const { field, name, outcome } of domains) {
    if (field === 'primary_domain' && name && outcome.outcome === 'taken') {
      refuse({ code: 'domain_taken', domain: name.stored, owner: outcome.owner })
    }
  }
  const { schema } = request
  const existing = of.tenants.find((tenant) => tenant.schema === schema)
  if (existing) {
    const { name } = existing
    const tenant = { schema, name }
    if (name !== request.name.trim()) refuse({ code: 'tenant_differs', existing: tenant, differences: ['name'] })
    return sealed(intent, schema, [], [{ finding: 'tenant_exists', tenant }, ...findings(domains)])
  }
  const { categories, atoms } = of.catalog
  const versions = atoms.reduce((sum, atom) => sum + atom.versions.length, 0)
  const free = domains.filter(({ outcome }) => outcome.outcome === 'free')
  const stored = (verdict?: DomainVerdict) => verdict?.name?.stored ?? ''
  const changes: Change[] = [
    {
      change: 'create_tenant',
      schema,
      name: request.name.trim(),
      primaryDomain: stored(free[0]),
      attributes: request.attributes,
    },
    {
      change: 'create_schema',
      schema,
      template: like?.source ?? of.blueprint.template,
      withData: like?.withData ?? false,
      tables: TABLES,
    },
  ]
  if (atoms.length > 0) {
    const release = of.startRelease ?? of.releases[0]?.number ?? 0
    const size = { categories: categories.length, atoms: atoms.length, versions }
    changes.push({ change: 'seed_catalog', schema, release, ...size })
  }
  for (const verdict of free) {
    changes.push({ change: 'add_domain', schema, domain: stored(verdict), primary: verdict.field === 'primary_domain' })
  }
  changes.push({ change: 'connect_shared_tables', schema, tables: ['atom_configs_atomconfig', 'registry_project'] })
  return sealed(intent, schema, changes, findings(domains), { inverse: 'delete_tenant', schema })
}

/** What is not given is as the source has it, and a clone may be without a domain. */
function planClone(of: FakePlatform, intent: Extract<Intent, { intent: 'clone_tenant' }>): Plan {
  const { source, withData, tenant } = intent.request
  const like =
    of.tenants.find(({ schema }) => schema === source) ?? refuse({ code: 'tenant_not_found', schema: source })
  if (!like.hasSchema) refuse({ code: 'refused', subject: source, why: 'schema_missing' })
  const given = new Set(tenant.attributes.map(({ column }) => column))
  const attributes = [...tenant.attributes, ...like.attributes.filter(({ column }) => !given.has(column))]
  return planCreate(
    of,
    intent,
    { ...tenant, attributes: attributes.filter(({ value }) => value) },
    { source, withData },
  )
}

function planImport(of: FakePlatform, intent: Extract<Intent, { intent: 'import_catalog' }>): Plan {
  const path = intent.request.source === 'path' ? intent.request.path : 'example'
  if (path.includes('missing')) refuse({ code: 'file', path, reason: 'No such file or directory (os error 2)' })
  if (path.includes('broken')) {
    const reason = 'unknown field `titel`, expected one of `name`, `description`, `category`, `versions`'
    const twice = 'the slug `send-mail` stands in line 4 already'
    refuse({
      code: 'invalid',
      problems: [
        problem(`${path}/send_mail/atom.json:3:11`, '', { code: 'file', reason }),
        problem(`${path}/catalog.json:19`, 'send-mail', { code: 'file', reason: twice }),
      ],
    })
  }
  const known = new Set(of.catalog.atoms.map(({ slug }) => slug))
  const added = CATALOG.atoms.filter(({ slug }) => !known.has(slug))
  const atoms = CATALOG.atoms.length - added.length
  const unchanged: Finding[] = atoms > 0 ? [{ finding: 'atoms_unchanged', atoms: Math.max(0, atoms - 1) }] : []
  const names = added.map(({ slug, name, versions }) => ({
    slug,
    name,
    versions: versions.map(({ version }) => version),
  }))
  const changed = atoms > 0 ? [{ slug: 'webhook', name: 'Webhook', fields: ['description', 'version 2.1'] }] : []
  const categories = known.size === 0 ? ['Communication', 'Data', 'General'] : []
  return sealed(intent, 'catalog', [{ change: 'import_atoms', categories, added: names, changed }], unchanged)
}

/** Makes the changes of a plan. */
export function write(of: FakePlatform, planned: Plan) {
  const { changes, intent, subject, inverse } = planned
  const id = crypto.randomUUID()
  writeSync(of, planned, id)
  for (const change of changes) {
    if (change.change === 'create_tenant') {
      const made = addTenant(of, change.name, change.schema, [])
      for (const { column, value } of change.attributes) {
        const its = made.attributes.find((attribute) => attribute.column === column)
        if (its) its.value = value
      }
    } else if (change.change === 'make_release' && intent.intent === 'release_catalog') {
      addRelease(of, of.catalog, intent.request.notes, new Date().toISOString())
    } else if (change.change === 'change_start_release') {
      of.startRelease = change.after
    } else if (change.change === 'edit_catalog') {
      if (intent.intent === 'edit_catalog') writeEdit(of, intent.request)
    } else if (change.change === 'retire_atom') {
      writeRetire(of, change)
    } else if (change.change === 'import_atoms') {
      of.catalog = structuredClone(CATALOG)
    } else {
      writeDomain(of, change)
      if (change.change === 'change_domain_policy') of.policy = change.after
      writeLife(of, change)
    }
  }
  const kinds: Partial<Record<Intent['intent'], string>> = {
    rename_tenant: 'tenant.rename',
    restore_tenant: 'tenant.restore',
    purge_tenant: 'tenant.purge',
    use_blueprint: 'blueprint.use',
    create_tenant: 'tenant.create',
    clone_tenant: 'tenant.clone',
    add_domains: 'domain.add',
    remove_domain: 'domain.remove',
    make_primary: 'domain.primary',
    move_domains: 'domain.move',
    import_domains: 'domain.import',
    set_domain_policy: 'domain.policy',
    import_catalog: 'catalog.import',
    release_catalog: 'catalog.release',
    set_start_release: 'catalog.start',
  }
  const entry = {
    seq: of.journal.length + 1,
    id,
    kind: kinds[intent.intent] ?? kindOf(intent),
    subject,
    actor: 'postgres',
    origin: 'Tenantry on workstation',
    appliedAt: new Date().toISOString(),
    changes,
    canUndo: inverse !== null,
    undoneBy: null,
  }
  const taken = intent.intent === 'undo' && of.journal.find(({ id }) => id === intent.request.operation)
  if (taken) Object.assign(taken, { canUndo: false, undoneBy: entry.id })
  if (inverse) of.inverses[entry.id] = inverse
  of.journal.unshift(entry)
  return entry.id
}
