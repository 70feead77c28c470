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
export type CatalogSearch = ListSearch & { category?: string; atom?: string; panel?: 'import' | 'sync' }
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
  panel: one(raw.panel, ['import', 'sync']),
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
