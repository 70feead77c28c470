import type { AttributeColumn, CreateTenant, Problem } from '../../ipc/client'
import { problem } from './names'

/** The columns of an adopted platform's tenant table, as the engine gives them. */
export const ADOPTED_COLUMNS: AttributeColumn[] = [
  { column: 'external_ref', dataType: 'character varying(40)', default: null },
  { column: 'seats_allowed', dataType: 'integer', default: '0' },
  { column: 'plan', dataType: 'character varying(20)', default: "'free'::character varying" },
  { column: 'paid_until', dataType: 'date', default: null },
  { column: 'on_trial', dataType: 'boolean', default: 'false' },
  { column: 'accepts_mail', dataType: 'boolean', default: null },
  { column: 'settings', dataType: 'jsonb', default: "'{}'::jsonb" },
  { column: 'signed_up_at', dataType: 'timestamp with time zone', default: 'now()' },
  { column: 'notes', dataType: 'text', default: "''::text" },
  { column: 'a_column_whose_name_goes_on_for_as_long_as_postgresql_lets_it_be', dataType: 'integer', default: '0' },
]

const PLANS = ['free', 'team', 'enterprise']
const PLAN_KNOWN = `((plan)::text = ANY ((ARRAY[${PLANS.map((name) => `'${name}'::character varying`).join(', ')}])::text[]))`

export function columnProblems({ attributes }: CreateTenant): Problem[] {
  const of = (column: string) => attributes.find((given) => given.column === column)?.value
  const problems: Problem[] = []
  if (of('external_ref') === undefined) problems.push(problem('attributes.external_ref', '', { code: 'required' }))
  const plan = of('plan')
  if (plan && !PLANS.includes(plan)) {
    problems.push(problem('attributes.plan', plan, { code: 'attribute_check', rule: PLAN_KNOWN }))
  }
  const settings = of('settings')
  if (settings) {
    try {
      JSON.parse(settings)
    } catch {
      problems.push(problem('attributes.settings', settings, { code: 'attribute_type', wanted: 'jsonb' }))
    }
  }
  return problems
}
