import {
  appError,
  type Check,
  type CreateTenant,
  call,
  commands,
  type Intent,
  type Problem,
  type SchemaName,
} from '../../ipc/client'
import { type Draft, type DraftStore, draftOf, requestOf } from './draft'

/** What is being made: a tenant by the blueprint, or one like another. */
export type Making = {
  source: SchemaName | null
  /** Where its work is found again. */
  slot: string
  draft: DraftStore
  intentOf: (draft: Draft) => Intent
  /** What is wrong with it. All of that where it has been tried, or else what can be told quickly. */
  check: (request: CreateTenant, isTried: boolean) => Promise<Check>
}

const CLONE = 'clone '

export function makingOf(source: SchemaName | null): Making {
  const draft = draftOf(source)
  if (source === null) {
    return {
      source,
      slot: 'create',
      draft,
      intentOf: (of) => ({ intent: 'create_tenant', request: requestOf(of) }),
      check: (request) => call(commands.checkTenant(request)),
    }
  }
  return {
    source,
    slot: CLONE + source,
    draft,
    intentOf: (of) => cloneIntent(source, requestOf(of), of.withData),
    check: (request, isTried) => checkClone(source, request, isTried),
  }
}

/** The tenant that work of a slot clones, if it is such work. */
export const clonedIn = (slot: string) => (slot.startsWith(CLONE) ? slot.slice(CLONE.length) : null)

const cloneIntent = (source: SchemaName, tenant: CreateTenant, withData: boolean): Intent => ({
  intent: 'clone_tenant',
  request: { source, withData, tenant },
})

/** A clone may be without a domain, and its source gives the columns that are left empty. */
const isGivenBySource = ({ field, rule }: Problem) =>
  rule.code === 'required' && (field === 'primary_domain' || field.startsWith('attributes.'))

async function checkClone(source: SchemaName, request: CreateTenant, isTried: boolean): Promise<Check> {
  const { problems, domains } = await call(commands.checkTenant(request))
  const own = problems.filter((problem) => !isGivenBySource(problem))
  if (!isTried || own.length > 0) return { problems: own, domains }
  // Only the plan knows what the source cannot give, since no two tenants may share it.
  try {
    await call(commands.plan(cloneIntent(source, request, false)))
  } catch (error) {
    const known = appError(error)
    if (known?.code === 'invalid') return { problems: known.problems, domains }
  }
  return { problems: [], domains }
}
