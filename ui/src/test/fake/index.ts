import { mockIPC } from '@tauri-apps/api/mocks'
import type {
  AppError,
  ColumnMapping,
  Connection,
  Control,
  CreateTenant,
  DomainQuery,
  Entry,
  Filter,
  HandoverFormat,
  ImportDomains,
  ImportField,
  ImportSource,
  Intent,
  Item,
  NewItem,
  Plan,
  Progress,
  Retirement,
  Status,
  SyncFleet,
  TableChoice,
  TenantReport,
  TenantSync,
} from '../../ipc/client'
import { foundIn, inspect, placeOf, planAdoption, planLeaving, reach } from './adoption'
import { columnProblems } from './columns'
import { copyDifference, fleet, heatMap, history } from './copies'
import { checkImport, DOMAIN_FILE, readImport } from './domainImport'
import { domainCounts, findAll, findDomains, handOver, whoAnswers } from './domains'
import { differenceOf, healthOf } from './health'
import { inspect as inspectDomains } from './inspect'
import { controlJob, createJob, findJob, jobOf, planJobUndo, undoItems, workOn } from './jobs'
import { checkCsv, EXAMPLE_CSV, itemsOf, readCsv, type SavedResult } from './many'
import { checkSchema, retirementOf, usageOf } from './master'
import { isProblem, normalise, suggestSchema } from './names'
import { check, plan, refuse, write } from './plans'
import { COLUMNS, emptyPlatform, examplePlatform, type FakePlatform } from './platform'
import { releaseDifference, releases, wanted } from './releases'
import { tenantsToSync } from './sync'
import { report, verifyTenant } from './verify'
import { domainDetail, lookAt, roundsOf } from './world'

type Options = {
  /** How long a step of some work takes. */
  pace?: number
  /** Commands that answer with an error instead. */
  failing?: Partial<Record<string, AppError>>
  /** Another session holds a lock before the last change. */
  locked?: boolean
  /** Until when the verdicts on a file's rows are awaited. */
  checking?: (mapping: ColumnMapping) => Promise<unknown>
}

type Args = {
  task: string
  schema: string
  name: string
  input: string
  request: CreateTenant & ImportDomains
  source: ImportSource
  fields: ImportField[] | null
  tenant: string
  intent: Intent
  plan: Plan
  plans: Plan[]
  schemas: string[] | null
  connection: Connection
  choice: TableChoice
  hash: string
  filter: Filter
  items: NewItem[]
  job: string
  control: Control
  path: string
  mapping: ColumnMapping
  target: string
  query: DomainQuery
  offset: number
  limit: number
  host: string
  format: HandoverFormat
  domain: string
  domains: string[]
  onlyDue: boolean
  release: number | null
  before: number
  after: number
  text: string
  slug: string
  how: Retirement
  progress: { onmessage: (report: Progress) => void }
}

type SavedImport = { request: ImportDomains; target: string }

/** Answers every command as the engine would, on a platform that is made up. Returns it, for tests to change. */
export function installFake(platform: FakePlatform = emptyPlatform(), options: Options = {}) {
  const { pace = 0 } = options
  const cancelled = new Set<string>()
  const fake = {
    platform,
    options,
    cancelled,
    calls: [] as string[],
    planned: [] as Intent[],
    saved: [] as SavedResult[],
    savedImports: [] as SavedImport[],
  }
  const pause = (times = 1) => new Promise((resolve) => setTimeout(resolve, pace * times))
  const stopIfCancelled = (task: string) => {
    if (cancelled.has(task)) refuse({ code: 'cancelled' })
  }
  const find = (schema: string) =>
    platform.tenants.find((tenant) => tenant.schema === schema) ?? refuse({ code: 'tenant_not_found', schema })

  const enter = (connection: Connection) => {
    platform.at = placeOf(connection)
    return status(platform)
  }

  const commands: Record<string, (args: Args) => unknown> = {
    status: (): Status => status(platform),
    use_private_server: () => {
      platform.at = undefined
      return status(platform)
    },
    connect_server: ({ connection }) => {
      reach(connection)
      const found = foundIn(connection.database)
      if (found.found === 'foreign') refuse({ code: 'not_a_platform', found })
      return enter(connection)
    },
    create_platform: ({ connection }) => enter(connection),
    inspect_server: ({ connection }) => inspect(connection),
    plan_adoption: ({ connection, choice }) => planAdoption(connection, choice),
    adopt_platform: ({ connection, choice, hash }) => {
      const fresh = planAdoption(connection, choice)
      if (fresh.hash !== hash) refuse({ code: 'stale_adoption', fresh })
      return enter(connection)
    },
    plan_leaving: () => planLeaving(platform),
    leave_platform: () => {
      platform.at = undefined
      return status(platform)
    },
    list_tenants: () => platform.tenants.map(({ attributes: _, atoms: __, ...tenant }) => tenant),
    tenant_page: ({ schema }) => {
      const { attributes, atoms, ...tenant } = find(schema)
      const domains = platform.domains.filter(({ owner }) => owner.schema === schema)
      const newest = platform.releases[0]?.number ?? null
      const lacking = newest === null ? [] : copyDifference(platform, find(schema), newest)
      const count = (part: string) => lacking.filter(({ row, state }) => state === 'new' && row.part === part).length
      const catalog = {
        atoms,
        release: platform.copies[schema]?.release ?? null,
        newest,
        lackingAtoms: count('atom'),
        lackingVersions: count('version'),
      }
      const tables = ['atoms_atom', 'atoms_atomcategory', 'atoms_atomversion', 'django_migrations', 'registry_project']
      return {
        tenant,
        attributes,
        domains,
        catalog: tenant.hasSchema ? catalog : null,
        tables: tenant.hasSchema
          ? tables.map((name, at) => ({ name, rows: at === 4 ? null : at * 421, bytes: 48_000 * (at + 1) }))
          : [],
      }
    },
    attribute_columns: () => platform.columns ?? COLUMNS,
    suggest_schema: ({ name }) => {
      const schema = suggestSchema(name)
      return platform.tenants.some((tenant) => tenant.schema === schema) ? `${schema}_2` : schema
    },
    check_tenant: ({ request }) => {
      const { problems, domains } = check(platform, request)
      return { problems: [...problems, ...(platform.columns ? columnProblems(request) : [])], domains }
    },
    list_domains: () => platform.domains,
    check_domain: ({ input }) => {
      const name = normalise('domain', input)
      return isProblem(name) ? refuse({ code: 'invalid', problems: [name] }) : name
    },
    inspect_domains: ({ input, schema }) => inspectDomains(platform, input, schema),
    domain_policy: () => platform.policy,
    choose_domain_file: () => DOMAIN_FILE,
    choose_domain_target: ({ name }) => `/home/user/${name}`,
    read_domain_import: ({ source, fields, tenant }) => readImport(source, fields, tenant),
    check_domain_import: ({ request }) => checkImport(platform, request),
    save_domain_import: ({ request, target }) => {
      fake.savedImports.push({ request, target })
      return null
    },
    find_domains: ({ query, offset, limit }) => findDomains(platform, query, offset, limit),
    domain_names: ({ query }) => findAll(platform, query).map(({ domain }) => domain),
    domain_counts: () => domainCounts(platform),
    who_answers: ({ host }) => whoAnswers(platform, host),
    hand_over_domains: ({ query, format }) => handOver(platform, query, format),
    save_domains: () => null,
    domain_detail: ({ domain }) => domainDetail(platform, domain),
    check_domains: async ({ task, domains, progress }) => {
      await pause(20)
      stopIfCancelled(task)
      return domains.map((subject, index) => {
        progress.onmessage({ progress: 'checking', index, total: domains.length, subject })
        return lookAt(platform, subject)
      })
    },
    prove_domain: async ({ domain }) => {
      await pause(20)
      return lookAt(platform, domain)
    },
    check_all_domains: ({ onlyDue }) => {
      const rounds = roundsOf(platform, onlyDue)
      if (rounds.length === 0) return null
      const job = createJob(platform, rounds)
      void workOn(platform, job, () => pause(10))
      return job.id
    },
    choose_csv: () => EXAMPLE_CSV,
    choose_csv_result: ({ name }) => `/home/user/${name}`,
    read_csv: ({ path }) => readCsv(platform, path),
    check_csv: async ({ path, mapping }) => {
      const checked = checkCsv(platform, path, mapping)
      await (options.checking?.(mapping) ?? pause(4))
      return checked
    },
    create_from_csv: ({ path, mapping }) => {
      const items = itemsOf(platform, path, mapping)
      if (items.length === 0) return null
      const job = createJob(platform, items)
      void workOn(platform, job, () => pause(2))
      return job.id
    },
    save_csv_result: ({ path, job, target }) => {
      fake.saved.push({ path, job, target })
      return null
    },
    master_catalog: () => platform.catalog,
    choose_folder: () => '/home/user/atoms',
    choose_file: () => null,
    plan: ({ intent }) => {
      fake.planned.push(intent)
      return plan(platform, intent)
    },
    check_config_schema: ({ text }) => checkSchema(text),
    export_catalog: () => '/home/user/catalog.json',
    catalog_usage: async ({ task, slug, progress }) => {
      await lookInAll(task, progress)
      return usageOf(platform, slug)
    },
    preview_retirement: async ({ task, slug, how, progress }) => {
      await lookInAll(task, progress)
      return retirementOf(platform, slug, how)
    },
    catalog_releases: () => releases(platform),
    release_difference: ({ before, after }) => releaseDifference(platform, before, after),
    catalog_fleet: ({ release }) => fleet(platform, release),
    compare_catalogs: async ({ task, schemas, release, progress }) => {
      const its = schemas ?? Object.keys(platform.copies)
      for (const [index, subject] of its.entries()) {
        stopIfCancelled(task)
        progress.onmessage({ progress: 'checking', index, total: its.length, subject })
        if (index % 50 < 10) await pause()
        const copy = platform.copies[subject]
        if (copy) copy.comparedAt = new Date().toISOString()
      }
      return fleet(platform, release)
    },
    catalog_heat_map: ({ release }) => heatMap(platform, release),
    copy_difference: ({ schema, release }) => copyDifference(platform, find(schema), wanted(platform, release)),
    catalog_receipts: ({ schema }) => platform.copies[schema]?.receipts ?? [],
    catalog_history: () => history(platform),
    preview_catalog_sync: async ({ task, request, progress }) => {
      const { release, asked, preview } = tenantsToSync(platform, request as unknown as SyncFleet)
      const tenants: TenantSync[] = []
      for (const [index, copy] of asked.entries()) {
        stopIfCancelled(task)
        progress.onmessage({ progress: 'checking', index, total: asked.length, subject: copy.schema })
        if (index % 100 < 10) await pause()
        tenants.push(preview(copy))
      }
      return { release, tenants }
    },
    apply: async ({ task, plan: of, progress }) => {
      const total = of.changes.length
      for (const [index] of of.changes.entries()) {
        stopIfCancelled(task)
        progress.onmessage({ progress: 'change', index, total })
        await pause(2)
        if (options.locked && index === total - 1) await locked(task, progress)
      }
      stopIfCancelled(task)
      progress.onmessage({ progress: 'committing' })
      await pause()
      return { operation: total === 0 ? null : write(platform, of), plan: of }
    },
    apply_all: ({ task, plans, progress }) => each(task, plans, progress),
    load_example: async ({ task, progress }) => {
      const total = 13
      const items: Item[] = []
      const example = examplePlatform()
      for (let index = 0; index < total; index += 1) {
        stopIfCancelled(task)
        await pause(2)
        const item = {
          subject: example.tenants[index - 1]?.schema ?? 'catalog',
          operation: crypto.randomUUID(),
          failure: null,
        }
        items.push(item)
        progress.onmessage({ progress: 'item', index, total, item })
      }
      Object.assign(platform, { ...example, place: platform.place })
      return items
    },
    verify: async ({ task, schemas, progress }) => {
      const wanted = platform.tenants.filter(({ schema }) => !schemas || schemas.includes(schema))
      const reports: TenantReport[] = []
      for (const [index, tenant] of wanted.entries()) {
        stopIfCancelled(task)
        progress.onmessage({ progress: 'checking', index, total: wanted.length, subject: tenant.name })
        if (index % 50 < 20) await pause()
        reports.push(verifyTenant(platform, tenant))
      }
      return report(platform, reports)
    },
    trash: () => platform.trash.map(({ tenant: _, rows: __, ...trashed }) => trashed),
    propose_reference_rows: () => [
      { table: 'django_migrations', rows: 1263, of: 1263, reason: { reason: 'ledger' }, keys: null },
      {
        table: 'registry_project',
        rows: 3,
        of: 1684,
        reason: { reason: 'alike_everywhere', tenants: 11 },
        keys: ['[1]', '[2]', '[7]'],
      },
    ],
    blueprint_choice: () => platform.blueprint,
    health: async ({ task, schema, progress }) => {
      const steps = ['tenants', 'structure', 'ledgers', 'references', 'sequences']
      for (const [index, subject] of steps.entries()) {
        stopIfCancelled(task)
        progress.onmessage({ progress: 'checking', index, total: steps.length, subject })
        await pause(8)
      }
      stopIfCancelled(task)
      return healthOf(platform, schema)
    },
    health_difference: ({ schema }) => differenceOf(platform, schema),
    export_health: () => '/home/user/fleet-health.html',
    journal: ({ filter }) => filtered(platform.journal, filter),
    check_journal: () => ({ entries: platform.journal.length, brokenAt: platform.brokenAt }),
    jobs: () => platform.jobs.map(jobOf),
    job_items: ({ job }) => findJob(platform, job).items.map(({ intent: _, ...item }) => item),
    create_job: ({ items }) => {
      const job = createJob(platform, items)
      void workOn(platform, job, () => pause(2))
      return job.id
    },
    control_job: ({ job: id, control }) => {
      const job = findJob(platform, id)
      const wasRunning = job.state === 'running'
      controlJob(job, control)
      if (!wasRunning) void workOn(platform, job, () => pause(2))
      return jobOf(job)
    },
    plan_job_undo: ({ job }) => planJobUndo(platform, findJob(platform, job)),
    undo_job: ({ job: id }) => {
      const items = undoItems(platform, findJob(platform, id))
      if (items.length === 0) refuse({ code: 'refused', subject: id, why: 'nothing_to_undo' })
      const job = createJob(platform, items)
      void workOn(platform, job, () => pause(2))
      return job.id
    },
    cancel: ({ task }) => {
      cancelled.add(task)
      return true
    },
  }

  async function lookInAll(task: string, progress: Args['progress']) {
    const { length: total } = platform.tenants
    for (const [index, { schema: subject }] of platform.tenants.entries()) {
      stopIfCancelled(task)
      progress.onmessage({ progress: 'checking', index, total, subject })
      if (index % 50 < 10) await pause()
    }
  }

  async function locked(task: string, progress: Args['progress']) {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      stopIfCancelled(task)
      const blockers = [{ pid: 4121, user: 'django', application: 'gunicorn', seconds: 2 + attempt }]
      progress.onmessage({ progress: 'waiting', attempt, blockers })
      await pause(3)
    }
  }

  async function each(task: string, plans: Plan[], progress: Args['progress']): Promise<Item[]> {
    const items: Item[] = []
    for (const [index, of] of plans.entries()) {
      stopIfCancelled(task)
      await pause(2)
      const item = { subject: of.subject, operation: write(platform, of), failure: null }
      items.push(item)
      progress.onmessage({ progress: 'item', index, total: plans.length, item })
    }
    return items
  }

  mockIPC(async (command, args) => {
    fake.calls.push(command)
    await pause(0.2)
    const failure = options.failing?.[command]
    if (failure) throw failure
    const answer = commands[command]
    if (!answer) throw new Error(`there is no command ${command}`)
    const result = await answer(args as unknown as Args)
    return structuredClone(result)
  })
  return fake
}

/** As the engine reads the journal: the newest first, older than one of them, with all the words. */
function filtered(journal: Entry[], { text, before, limit }: Filter): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return journal
    .filter(({ seq }) => before === null || seq < before)
    .filter(({ kind, subject, actor, origin, id }) => {
      const held = [kind, subject, actor, origin, id].join(' ').toLowerCase()
      return words.every((word) => held.includes(word))
    })
    .slice(0, limit)
}

function status({ place, at, tenants, domains, catalog }: FakePlatform): Status {
  return {
    place,
    database: 'platform',
    serverVersion: '18.4',
    readOnly: null,
    user: 'tenantry',
    ...at,
    tenants: tenants.length,
    domains: domains.length,
    catalog: {
      categories: catalog.categories.length,
      atoms: catalog.atoms.length,
      versions: catalog.atoms.reduce((sum, { versions }) => sum + versions.length, 0),
    },
  }
}
