import type {
  AdoptionPlan,
  BaseColumn,
  Connection,
  Found,
  Inspection,
  LeavePlan,
  ReadOnly,
  Shape,
  StartValue,
  Status,
  TableChoice,
} from '../../ipc/client'
import { problem } from './names'
import { refuse } from './plans'
import type { FakePlatform } from './platform'

const column = (name: string, dataType: string, start: StartValue, common = false, nullable = false): BaseColumn => ({
  column: name,
  dataType,
  nullable,
  source: { source: 'column', name },
  start,
  common,
})

/** A platform of somebody's, as they come. */
export function shapeOf(prefix: string, tenants: number): Shape {
  const given: StartValue = { start: 'given' }
  return {
    tenantTable: { schema: 'public', table: `${prefix}_client` },
    domainTable: { schema: 'public', table: `${prefix}_domain` },
    tenantColumns: [
      column('id', 'bigint', { start: 'table' }, true),
      column('schema_name', 'character varying(63)', given, true),
      column('name', 'character varying(100)', given, true),
      column('plan', 'character varying(20)', { start: 'most_frequent', expression: "'free'", rows: tenants - 9 }),
      column('paid_until', 'date', { start: 'null' }, false, true),
      column('on_trial', 'boolean', { start: 'plain', expression: 'false' }),
      column('settings', 'jsonb', { start: 'plain', expression: "'{}'" }),
      column('external_ref', 'character varying(40)', given),
      column('signed_up_at', 'timestamp with time zone', { start: 'plain', expression: 'now()' }),
      column('row_version', 'integer', { start: 'table' }),
    ],
    domainColumns: [
      column('id', 'bigint', { start: 'table' }, true),
      column('domain', 'character varying(253)', given, true),
      column('ssl_enabled', 'boolean', { start: 'plain', expression: 'false' }),
    ],
    tenants,
    domains: tenants + 28,
    schemas: tenants - 2,
    missingSchemas: ['acme_old', 'northwind_demo'],
    orphanedSchemas: ['backup_of_globex'],
    djangoMigrations: 142,
  }
}

const views = ({
  tenantTable,
  domainTable,
  tenantColumns,
}: Shape) => `INSERT INTO tenantry.mapping (part, table_schema, table_name)
VALUES ('tenant', '${tenantTable.schema}', '${tenantTable.table}'), ('domain', '${domainTable.schema}', '${domainTable.table}');

CREATE VIEW tenantry.tenant WITH (security_invoker = true) AS
SELECT ${tenantColumns.map((of) => `t.${of.column}`).join(',\n       ')}
FROM ${tenantTable.schema}.${tenantTable.table} AS t;

${tenantColumns
  .map(({ column: name, start }) =>
    'expression' in start ? `ALTER VIEW tenantry.tenant ALTER COLUMN ${name} SET DEFAULT ${start.expression};\n` : '',
  )
  .join('')}`

const BOOKS = `CREATE SCHEMA tenantry;

-- Every write is one operation: who, when, what, and what would take it back. A chained hash shows whether it is whole.
CREATE TABLE tenantry.operation (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    kind text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL DEFAULT current_user,
    origin text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    changes jsonb NOT NULL,
    inverse jsonb,
    hash bytea NOT NULL
);

CREATE TABLE tenantry.mapping (part text PRIMARY KEY, table_schema name NOT NULL, table_name name NOT NULL);

`

const plan = (action: AdoptionPlan['action'], shape: Shape | null, statements: string): AdoptionPlan => ({
  action,
  shape,
  statements,
  hash: `${action} ${shape?.tenantTable.table ?? ''} ${statements.length}`,
})

/** What each database of the made-up server holds, by its name. */
const HOLDS: Record<string, Found> = {
  fresh: { found: 'empty' },
  other: { found: 'foreign', tables: 41 },
  occupied: { found: 'occupied' },
  newer: { found: 'other_version' },
  older: { found: 'older', missing: ['the life of tenants', 'jobs'] },
  unmapped: { found: 'unmapped', shapes: [shapeOf('customers', 312)] },
  saas: { found: 'adoptable', shape: shapeOf('customers', 312) },
  several: { found: 'several', shapes: [shapeOf('customers', 312), shapeOf('legacy', 14)] },
}

const READ_ONLY: Record<string, ReadOnly> = { standby: { why: 'standby' }, pooler: { why: 'pooler' } }

export const foundIn = (database: string): Found => HOLDS[database] ?? { found: 'platform' }

/** Refuses what the engine refuses before it connects, or because nothing good answers. */
export function reach({ host, database, tls, weakerReason }: Connection) {
  const needed = Object.entries({ host, database }).filter(([, value]) => value === '')
  const problems = needed.map(([field]) => problem(field, '', { code: 'required' }))
  const isLocal = host === 'localhost' || host.startsWith('/')
  if (tls !== 'verify-full' && !isLocal && (weakerReason ?? '').split(' ').length < 3) {
    const reason = `is needed, in 3 words or more, to reach another machine with ${tls} instead of verify-full`
    problems.push(problem('weaker_reason', weakerReason ?? '', { code: 'connection', reason }))
  }
  if (problems.length > 0) refuse({ code: 'invalid', problems })
  if (host === 'nowhere') refuse({ code: 'no_database', reason: 'Connection refused (os error 111)' })
  if (host === 'old') refuse({ code: 'not_a_platform', found: { found: 'old_server', version: '14.9' } })
}

export const readOnlyAt = ({ host }: Connection): ReadOnly | null => READ_ONLY[host] ?? null

/** What is open after one has connected. */
export function placeOf(connection: Connection): Partial<Status> {
  const { host, port, tls, weakerReason, database, user } = connection
  const place = { place: 'server' as const, host, port, tls, reason: weakerReason }
  return { place, database, user, serverVersion: '17.2', readOnly: readOnlyAt(connection) }
}

export function inspect(connection: Connection): Inspection {
  reach(connection)
  return {
    serverVersion: '17.2',
    database: connection.database,
    user: connection.user || 'ana',
    readOnly: readOnlyAt(connection),
    mayCreateSchema: connection.user !== 'reader',
    found: foundIn(connection.database),
  }
}

export function planAdoption({ database }: Connection, { tenantTable }: TableChoice): AdoptionPlan {
  const found = foundIn(database)
  switch (found.found) {
    case 'adoptable':
      return plan('adopt', found.shape, BOOKS + views(found.shape))
    case 'several': {
      const shape = found.shapes.find((of) => `public.${of.tenantTable.table}` === tenantTable)
      const tables = found.shapes.map((of) => of.tenantTable.table)
      if (!shape) return refuse({ code: 'not_a_platform', found: { found: 'several', tables } })
      return plan('adopt', shape, BOOKS + views(shape))
    }
    case 'older':
      return plan(
        'upgrade',
        null,
        'CREATE TABLE tenantry.job (\n    id uuid PRIMARY KEY,\n    kind text NOT NULL\n);\n',
      )
    case 'unmapped': {
      const [shape = shapeOf('customers', 312)] = found.shapes
      return plan('map', shape, views(shape))
    }
    default:
      if (database === 'changed') {
        const shape = shapeOf('customers', 312)
        return plan('map', shape, `DROP VIEW IF EXISTS tenantry.tenant, tenantry.domain;\n${views(shape)}`)
      }
      return plan('nothing', null, '')
  }
}

export const planLeaving = ({ journal, catalog, dependents = [] }: FakePlatform): LeavePlan => ({
  statements: 'DROP SCHEMA tenantry CASCADE;',
  journalEntries: journal.length,
  masterAtoms: catalog.atoms.length,
  dependents,
})
