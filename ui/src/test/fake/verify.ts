import { EVIDENCE_VERDICTS } from '../../features/verify/evidence'
import type { CheckResult, Evidence, Report, TenantReport, Verdict } from '../../ipc/client'
import type { FakePlatform, FakeTenant } from './platform'

const ORDER: Verdict[] = ['failed', 'notice', 'passed']
const worst = (verdicts: Verdict[]) => ORDER.find((verdict) => verdicts.includes(verdict)) ?? 'passed'

const result = (check: CheckResult['check'], ...evidence: Evidence[]): CheckResult => ({
  check,
  verdict: worst(evidence.map((piece) => EVIDENCE_VERDICTS[piece.evidence])),
  evidence,
})

export function platformChecks(of: FakePlatform): CheckResult[] {
  return [
    result('dry_run', { evidence: 'dry_run_done', tables: 10, milliseconds: 143 }),
    result('journal', { evidence: 'journal_intact', entries: of.journal.length }),
  ]
}

export function verifyTenant(of: FakePlatform, tenant: FakeTenant): TenantReport {
  const { schema, name } = tenant
  const checks = tenant.hasSchema ? healthy(of, tenant) : [result('schema', { evidence: 'schema_missing', schema })]
  return { tenant: { schema, name }, verdict: worst(checks.map(({ verdict }) => verdict)), checks }
}

function healthy(of: FakePlatform, { schema, atoms, primaryDomain }: FakeTenant): CheckResult[] {
  const lacks = of.catalog.atoms.length - atoms.length
  const structure: Evidence[] = [
    { evidence: 'objects_match', kind: 'table', count: 10 },
    { evidence: 'objects_match', kind: 'column', count: 68 },
    { evidence: 'objects_match', kind: 'index', count: 31 },
  ]
  if (schema === 'globex_health') {
    const definition = 'CREATE INDEX by_hand ON workflows_workflowrun USING btree (created_at)'
    structure.push({ evidence: 'object_extra', kind: 'index', name: 'by_hand', definition })
  }
  if (schema === 'initech_freight') {
    const missing = { kind: 'constraint', name: 'atoms_atom_slug_key', definition: 'UNIQUE (slug)' } as const
    structure.push({ evidence: 'object_missing', ...missing })
  }
  const table = 'atoms_atom'
  const constraint = 'atoms_atom_category_id_4c79f97a_fk_atoms_atomcategory_id'
  const answer = `insert or update on table "${table}" violates foreign key constraint "${constraint}"`
  return [
    result('schema', { evidence: 'schema_found', schema }),
    result('structure', ...structure),
    result('ledger', { evidence: 'ledger_matches', rows: 24 }),
    result('foreign_keys', { evidence: 'key_enforced', table, constraint, answer }),
    result(
      'primary_domain',
      primaryDomain ? { evidence: 'primary_is', domain: primaryDomain } : { evidence: 'primary_missing' },
    ),
    result(
      'domains',
      ...of.domains
        .filter(({ owner }) => owner.schema === schema)
        .map(
          ({ domain, unreachable }): Evidence =>
            unreachable
              ? { evidence: 'domain_unreachable', domain, problem: unreachable }
              : { evidence: 'domain_reachable', domain },
        ),
    ),
    result(
      'catalog',
      lacks > 0
        ? { evidence: 'catalog_lacks', atoms: lacks, versions: lacks + 2 }
        : { evidence: 'catalog_complete', atoms: atoms.length },
    ),
  ]
}

export const report = (of: FakePlatform, tenants: TenantReport[]): Report => ({
  at: new Date().toISOString(),
  platform: platformChecks(of),
  tenants,
})
