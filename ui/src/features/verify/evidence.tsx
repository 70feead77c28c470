import type { ReactNode } from 'react'
import type { Evidence, Verdict } from '../../ipc/client'
import { ruleText } from '../../shared/ProblemText'
import type { Text } from '../../shared/text'

/** What a piece of evidence says for the check, as the engine counts it. */
export const EVIDENCE_VERDICTS = {
  schema_found: 'passed',
  schema_missing: 'failed',
  not_checked: 'failed',
  objects_match: 'passed',
  object_missing: 'failed',
  object_differs: 'failed',
  object_extra: 'notice',
  ledger_matches: 'passed',
  ledger_lacks: 'failed',
  ledger_has_more: 'notice',
  key_enforced: 'passed',
  key_not_enforced: 'failed',
  key_not_tried: 'notice',
  key_not_validated: 'failed',
  key_orphans: 'failed',
  primary_is: 'passed',
  primary_missing: 'failed',
  primary_several: 'failed',
  domain_reachable: 'passed',
  domain_unreachable: 'failed',
  catalog_complete: 'passed',
  catalog_lacks: 'notice',
  atom_tables_missing: 'failed',
  dry_run_done: 'passed',
  dry_run_failed: 'failed',
  journal_intact: 'passed',
  journal_broken: 'failed',
} satisfies Record<Evidence['evidence'], Verdict>

/** The evidence in words. Names from the database stay apart from them. */
export function evidenceWords(text: Text, piece: Evidence): ReactNode {
  const { t, rich, list } = text
  const { evidence, ...facts } = piece
  const values: Record<string, ReactNode> = {}
  for (const [key, value] of Object.entries(facts)) {
    if (typeof value === 'number') values[key] = value
    else if (typeof value === 'string') values[key] = name(key, value)
    else if (Array.isArray(value)) values[key] = name(key, list(value))
  }
  if ('kind' in piece) values.kind = t(`object.${piece.kind}`, { count: 'count' in piece ? piece.count : 1 })
  if ('problem' in piece) values.problem = ruleText(text, piece.problem.rule)
  return rich(`evidence.${evidence}`, values)
}

const name = (key: string, value: string) => (
  <bdi key={key} className="mono wrap selectable">
    {value}
  </bdi>
)
