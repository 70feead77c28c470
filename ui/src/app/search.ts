import { IMPORT_STATES, type ImportState } from '../features/domains/import/rowState'
import { type Kind, STATES, type State } from '../features/health/state'
import { ROW_STATES, type RowState } from '../features/many/rowState'
import { symptomNames } from '../messages/health'

/** What stands in a route besides its path. Whatever a route holds is read as one of these, or not at all. */
type Raw = Record<string, unknown>

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const one = <const T extends string>(value: unknown, of: readonly T[]) => of.find((known) => known === value)

/** What every list has in its route. */
export const listSearch = (raw: Raw): ListSearch => ({
  q: text(raw.q),
  sort: text(raw.sort),
  dir: one(raw.dir, ['desc']),
})

export const TABS = ['domains', 'catalog', 'tables', 'verify', 'about'] as const
export type Tab = (typeof TABS)[number]

export type ListSearch = { q?: string; sort?: string; dir?: 'desc' }
export type TenantsSearch = ListSearch & {
  tenant?: string
  tab?: Tab
  panel?: TenantsPanel
  step?: 'preview'
  show?: TenantsShow
  trash?: string
}
export const TENANTS_SHOWN = ['active', 'suspended', 'deleted'] as const
export type TenantsShow = (typeof TENANTS_SHOWN)[number]
/** A new tenant, one like the tenant that is open, or the review of what is to be done to many. */
export const TENANTS_PANELS = ['new', 'clone', 'suspend', 'resume', 'delete'] as const
export type TenantsPanel = (typeof TENANTS_PANELS)[number]
/** A file, the job that came of it, and the row that is open. */
export type ManySearch = ListSearch & { file?: string; job?: string; show?: RowState; line?: number }
/** All domains, or those of two tenants side by side; what is asked over them; the domain that is open. */
export type DomainsSearch = ListSearch & {
  by?: 'tenant'
  left?: string
  right?: string
  panel?: DomainsPanel
  domain?: string
}
export const DOMAINS_PANELS = ['who', 'handover'] as const
export type DomainsPanel = (typeof DOMAINS_PANELS)[number]
/** Whether its rows are looked at, which of them, and the one that is open, by its place. */
export type DomainImportSearch = ListSearch & { step?: 'rows'; show?: ImportState; row?: number }
export const CATALOG_PANELS = ['import', 'new', 'edit', 'categories', 'retire'] as const
/** An atom that is taken out of the master catalog only, or what becomes of it in the tenants. */
export const RETIRE_WAYS = ['master', 'deactivate', 'repoint', 'delete'] as const
export type RetireWay = (typeof RETIRE_WAYS)[number]
/** What is done beside the list; how an atom is removed, and to which other one. */
export type CatalogSearch = ListSearch & {
  category?: string
  atom?: string
  panel?: (typeof CATALOG_PANELS)[number]
  way?: RetireWay
  to?: string
}
/** The list of releases, or the difference between two of them; 0 is the master catalog, which is not released yet. */
export type ReleasesSearch = ListSearch & {
  release?: number
  panel?: 'make'
  before?: number
  after?: number
  as?: 'table'
  kind?: DifferenceKind
  row?: string
}
export const DIFFERENCES = ['added', 'changed', 'removed'] as const
export type DifferenceKind = (typeof DIFFERENCES)[number]
/** How the fleet is seen, from which release, and the tenant that is open, as far as one atom goes. */
export type FleetSearch = ListSearch & {
  view?: 'heat' | 'pictures'
  release?: number
  show?: CopyState
  tenant?: string
  atom?: string
  panel?: 'clashes'
}
export const COPY_STATES = ['conflicting', 'behind', 'edited', 'unknown', 'no_tables', 'in_step'] as const
export type CopyState = (typeof COPY_STATES)[number]
/** Whom a synchronisation is for, all of them unless it is said, what it is to do, and the tenant that is open. */
export type SyncSearch = ListSearch & {
  of?: 'chosen'
  one?: string
  release?: number
  conflicts?: 'keep' | 'take'
  rows?: 'all'
  show?: SyncOutcome
  tenant?: string
}
export const SYNC_OUTCOMES = ['undecided', 'refused', 'ready', 'in_step'] as const
export type SyncOutcome = (typeof SYNC_OUTCOMES)[number]
export type VerifySearch = ListSearch & { show?: 'failed' | 'notice' | 'passed'; tenant?: string }
export const ITEM_STATES = ['waiting', 'done', 'failed'] as const
export type BlueprintSearch = ListSearch & { template?: string; files?: true }
export type JobsSearch = ListSearch & { job?: string; show?: (typeof ITEM_STATES)[number] }
export type JournalSearch = ListSearch & { entry?: number; operation?: string; kind?: string }
export type HealthSearch = ListSearch & { show?: State; kind?: Kind; group?: number; tenant?: string }

export const tenantsSearch = (raw: Raw): TenantsSearch => ({
  ...listSearch(raw),
  tenant: text(raw.tenant),
  tab: one(raw.tab, TABS),
  panel: one(raw.panel, TENANTS_PANELS),
  step: one(raw.step, ['preview']),
  show: one(raw.show, TENANTS_SHOWN),
  trash: text(raw.trash),
})

export const manySearch = (raw: Raw): ManySearch => ({
  ...listSearch(raw),
  file: text(raw.file),
  job: text(raw.job),
  show: one(raw.show, ROW_STATES),
  line: typeof raw.line === 'number' ? raw.line : undefined,
})

export const domainsSearch = (raw: Raw): DomainsSearch => ({
  ...listSearch(raw),
  by: one(raw.by, ['tenant']),
  left: text(raw.left),
  right: text(raw.right),
  panel: one(raw.panel, DOMAINS_PANELS),
  domain: text(raw.domain),
})

export const domainImportSearch = (raw: Raw): DomainImportSearch => ({
  ...listSearch(raw),
  step: one(raw.step, ['rows']),
  show: one(raw.show, IMPORT_STATES),
  row: typeof raw.row === 'number' ? raw.row : undefined,
})

export const catalogSearch = (raw: Raw): CatalogSearch => ({
  ...listSearch(raw),
  category: text(raw.category),
  atom: text(raw.atom),
  panel: one(raw.panel, CATALOG_PANELS),
  way: one(raw.way, RETIRE_WAYS),
  to: text(raw.to),
})

const number = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined

export const releasesSearch = (raw: Raw): ReleasesSearch => ({
  ...listSearch(raw),
  release: number(raw.release),
  panel: one(raw.panel, ['make']),
  before: number(raw.before),
  after: number(raw.after),
  as: one(raw.as, ['table']),
  kind: one(raw.kind, DIFFERENCES),
  row: text(raw.row),
})

export const fleetSearch = (raw: Raw): FleetSearch => ({
  ...listSearch(raw),
  view: one(raw.view, ['heat', 'pictures']),
  release: number(raw.release),
  show: one(raw.show, COPY_STATES),
  tenant: text(raw.tenant),
  atom: text(raw.atom),
  panel: one(raw.panel, ['clashes']),
})

export const syncSearch = (raw: Raw): SyncSearch => ({
  ...listSearch(raw),
  of: one(raw.of, ['chosen']),
  one: text(raw.one),
  release: number(raw.release),
  conflicts: one(raw.conflicts, ['keep', 'take']),
  rows: one(raw.rows, ['all']),
  show: one(raw.show, SYNC_OUTCOMES),
  tenant: text(raw.tenant),
})

export const verifySearch = (raw: Raw): VerifySearch => ({
  ...listSearch(raw),
  show: one(raw.show, ['failed', 'notice', 'passed']),
  tenant: text(raw.tenant),
})

export const blueprintSearch = (raw: Raw): BlueprintSearch => ({
  ...listSearch(raw),
  template: text(raw.template),
  files: raw.files === true ? true : undefined,
})

export const jobsSearch = (raw: Raw): JobsSearch => ({
  ...listSearch(raw),
  job: text(raw.job),
  show: one(raw.show, ITEM_STATES),
})

const KINDS = Object.keys(symptomNames).map((id) => id.slice('symptom.'.length) as Kind)

export const healthSearch = (raw: Raw): HealthSearch => ({
  ...listSearch(raw),
  show: one(raw.show, STATES),
  kind: one(raw.kind, KINDS),
  group: typeof raw.group === 'number' ? raw.group : undefined,
  tenant: text(raw.tenant),
})

export const journalSearch = (raw: Raw): JournalSearch => ({
  ...listSearch(raw),
  entry: typeof raw.entry === 'number' ? raw.entry : undefined,
  operation: text(raw.operation),
  kind: text(raw.kind),
})
