import type { Change, Finding, Intent, Inverse, Plan, SchemaName } from '../../ipc/client'
import { restore } from './assign'
import { problem, schemaProblem } from './names'
import { plan, refuse, sealed, TABLES } from './plans'
import type { FakePlatform } from './platform'

/** Intents in the life of a tenant, what tenants are made from, and taking back. */
export type LifeIntent = Extract<
  Intent,
  {
    intent:
      | 'rename_tenant'
      | 'set_active'
      | 'delete_tenant'
      | 'restore_tenant'
      | 'purge_tenant'
      | 'use_blueprint'
      | 'undo'
  }
>

export function planLife(of: FakePlatform, intent: LifeIntent): Plan {
  switch (intent.intent) {
    case 'rename_tenant':
      return planRename(of, intent)
    case 'set_active': {
      const { schema, active } = intent.request
      const tenant = own(of, schema)
      if (tenant.isActive === active) return sealed(intent, schema, [])
      const inverse: Inverse = { inverse: 'set_active', schema, active: !active }
      return sealed(intent, schema, [{ change: 'set_active', schema, active }], [], inverse)
    }
    case 'delete_tenant': {
      const { schema } = intent.request
      const tenant = own(of, schema)
      if (!tenant.hasSchema) refuse({ code: 'refused', subject: schema, why: 'schema_missing' })
      if (of.blueprint.template === schema) refuse({ code: 'refused', subject: schema, why: 'is_template' })
      const trash = `zz_trash_${schema.replace(/\W/g, '_').slice(0, 40)}_4c79f97a`
      const changes: Change[] = [{ change: 'move_to_trash', schema, name: tenant.name, trash, tables: TABLES }]
      const domains = of.domains.filter(({ owner }) => owner.schema === schema).map(({ domain }) => domain)
      if (domains.length > 0) changes.push({ change: 'park_domains', trash, domains })
      return sealed(intent, schema, changes, [], { inverse: 'restore_tenant', trash })
    }
    case 'restore_tenant':
      return planRestore(of, intent)
    case 'purge_tenant': {
      const { trash, schema, name } = trashed(of, intent.request.schema)
      const changes: Change[] = [{ change: 'purge', trash, schema, name, tables: TABLES }]
      return sealed(intent, schema, changes, [{ finding: 'final' }])
    }
    case 'use_blueprint': {
      const { template, reference } = intent.request
      const before = of.blueprint
      const proposed = [
        { table: 'django_migrations', keys: null },
        { table: 'registry_project', keys: ['[1]', '[2]', '[7]'] },
      ]
      const wanted = template === null ? [] : (reference ?? proposed)
      if (template === 'initech_freight') {
        const obstacles = [{ object: 'view report', needs: 'globex_health.registry_project' }]
        refuse({ code: 'not_a_template', schema: template, obstacles })
      }
      const isSame = before.template === template && JSON.stringify(before.reference) === JSON.stringify(wanted)
      if (isSame) return sealed(intent, 'blueprint', [])
      const change = { before: before.template, after: template, reference: wanted }
      const inverse: Inverse = { inverse: 'use_blueprint', ...before }
      return sealed(intent, 'blueprint', [{ change: 'change_blueprint', ...change }], [], inverse)
    }
    case 'undo':
      return planUndo(of, intent)
  }
}

function own(of: FakePlatform, schema: SchemaName) {
  const tenant = of.tenants.find((known) => known.schema === schema) ?? refuse({ code: 'tenant_not_found', schema })
  if (schema === 'public') refuse({ code: 'refused', subject: schema, why: 'public_tenant' })
  return tenant
}

function trashed(of: FakePlatform, schema: string) {
  const found = of.trash.find((known) => known.trash === schema || known.schema === schema)
  return found ?? refuse({ code: 'refused', subject: schema, why: 'not_in_trash' })
}

function planRename(of: FakePlatform, intent: Extract<Intent, { intent: 'rename_tenant' }>): Plan {
  const { schema, newName, newSchema } = intent.request
  const tenant = own(of, schema)
  const changes: Change[] = []
  const findings: Finding[] = []
  const name = newName?.trim()
  if (name === '') {
    const required = problem('new_name', newName ?? '', { code: 'required' })
    refuse({ code: 'invalid', problems: [required] })
  }
  if (name !== undefined && name !== tenant.name) {
    const twin = of.tenants.find((other) => other.name === name)
    const taken = twin && problem('new_name', name, { code: 'name_taken', schema: twin.schema })
    if (taken) refuse({ code: 'invalid', problems: [taken] })
    changes.push({ change: 'rename_tenant', schema, before: tenant.name, after: name })
  }
  if (newSchema !== null && newSchema !== schema) {
    refuseSchema(of, newSchema)
    if (schema === 'globex_health') findings.push({ finding: 'mentions_old_name', objects: ['function audit_row()'] })
    changes.push({ change: 'rename_schema', before: schema, after: newSchema })
  }
  const inverse: Inverse = {
    inverse: 'rename_tenant',
    schema: newSchema ?? schema,
    newSchema: newSchema === null ? null : schema,
    newName: name === undefined ? null : tenant.name,
  }
  return sealed(intent, schema, changes, findings, inverse)
}

function refuseSchema(of: FakePlatform, schema: string) {
  const schemas = of.tenants.map((tenant) => tenant.schema)
  const wrong = schemaProblem(schema, schemas)
  if (wrong) refuse({ code: 'invalid', problems: [{ ...wrong, field: 'new_schema' }] })
  if (schemas.includes(schema)) refuse({ code: 'schema_taken', schema })
}

function planRestore(of: FakePlatform, intent: Extract<Intent, { intent: 'restore_tenant' }>): Plan {
  const { trash, schema: former, name, domains, purging } = trashed(of, intent.request.schema)
  if (purging) refuse({ code: 'refused', subject: former, why: 'being_purged' })
  const schema = intent.request.newSchema ?? former
  refuseSchema(of, schema)
  const findings = domains.flatMap((domain): Finding[] => {
    const held = of.domains.find((other) => other.domain === domain)
    return held ? [{ finding: 'domain_taken', domain, owner: held.owner, primary: held.primary }] : []
  })
  const free = domains.filter((domain) => !of.domains.some((other) => other.domain === domain))
  const changes: Change[] = free.length > 0 ? [{ change: 'unpark_domains', trash, domains: free }] : []
  changes.push({ change: 'take_from_trash', trash, schema, name })
  return sealed(intent, schema, changes, findings, { inverse: 'delete_tenant', schema })
}

function planUndo(of: FakePlatform, intent: Extract<Intent, { intent: 'undo' }>): Plan {
  const { operation } = intent.request
  const entry = of.journal.find(({ id }) => id === operation)
  if (!entry) refuse({ code: 'refused', subject: operation, why: 'no_such_operation' })
  if (entry.undoneBy) refuse({ code: 'refused', subject: operation, why: 'already_undone', by: entry.undoneBy })
  const inverse = of.inverses[operation]
  if (!inverse) refuse({ code: 'refused', subject: operation, why: 'no_inverse' })
  return { ...planInverse(of, inverse), intent }
}

function planInverse(of: FakePlatform, inverse: Inverse): Plan {
  switch (inverse.inverse) {
    case 'delete_tenant':
      return plan(of, { intent: 'delete_tenant', request: { schema: inverse.schema } })
    case 'restore_tenant':
      return plan(of, { intent: 'restore_tenant', request: { schema: inverse.trash, newSchema: null } })
    case 'rename_tenant': {
      const { schema, newSchema, newName } = inverse
      return plan(of, { intent: 'rename_tenant', request: { schema, newSchema, newName } })
    }
    case 'set_active':
      return plan(of, { intent: 'set_active', request: { schema: inverse.schema, active: inverse.active } })
    case 'use_blueprint': {
      const { template, reference } = inverse
      return plan(of, { intent: 'use_blueprint', request: { template, reference } })
    }
    case 'restore_domains':
      return restore(of, inverse.domains)
    case 'set_domain_policy':
      return plan(of, { intent: 'set_domain_policy', request: inverse.policy })
    case 'set_start_release':
      return plan(of, { intent: 'set_start_release', request: { release: inverse.release } })
    case 'restore_copy': {
      const { schema, release, releaseBefore, inserted: remove, before: putBack, left = [] } = inverse
      const intent: Intent = { intent: 'sync_catalog', request: { schema } }
      const change: Change = { change: 'restore_copy', schema, release, releaseBefore, remove, putBack, left }
      return sealed(intent, schema, [change])
    }
    default:
      return refuse({ code: 'refused', subject: inverse.inverse, why: 'no_inverse' })
  }
}

/** Makes a change in the life of a tenant. */
export function writeLife(of: FakePlatform, change: Change) {
  const tenant = (schema: string) => of.tenants.find((known) => known.schema === schema)
  switch (change.change) {
    case 'rename_tenant': {
      const renamed = tenant(change.schema)
      if (renamed) renamed.name = change.after
      for (const { owner } of of.domains) if (owner.schema === change.schema) owner.name = change.after
      break
    }
    case 'rename_schema': {
      const renamed = tenant(change.before)
      if (renamed) renamed.schema = change.after
      for (const { owner } of of.domains) if (owner.schema === change.before) owner.schema = change.after
      break
    }
    case 'set_active': {
      const its = tenant(change.schema)
      if (its) its.isActive = change.active
      break
    }
    case 'move_to_trash': {
      const gone = tenant(change.schema)
      if (!gone) break
      const rows = of.domains.filter(({ owner }) => owner.schema === change.schema)
      of.tenants = of.tenants.filter((known) => known !== gone)
      of.domains = of.domains.filter((row) => !rows.includes(row))
      of.trash.unshift({
        trash: change.trash,
        schema: change.schema,
        name: change.name,
        domains: rows.map(({ domain }) => domain).sort(),
        tables: change.tables.length,
        deletedAt: new Date().toISOString(),
        deletedBy: 'postgres',
        purging: false,
        tenant: gone,
        rows,
      })
      break
    }
    case 'take_from_trash': {
      const back = of.trash.find(({ trash }) => trash === change.trash)
      if (!back) break
      of.trash = of.trash.filter((known) => known !== back)
      of.tenants.push({ ...back.tenant, schema: change.schema })
      const rows = back.rows.filter(({ domain }) => !of.domains.some((other) => other.domain === domain))
      of.domains.push(...rows.map((row) => ({ ...row, owner: { schema: change.schema, name: change.name } })))
      break
    }
    case 'purge':
      of.trash = of.trash.filter(({ trash }) => trash !== change.trash)
      break
    case 'change_blueprint':
      of.blueprint = { ...of.blueprint, template: change.after, reference: change.reference }
      break
  }
}
