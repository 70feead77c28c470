import './plan.css'
import { CircleSlash, CornerDownRight, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Conflict, Finding, Owner, Resolution } from '../../ipc/client'
import { named } from '../../shared/errorWords'
import { OwnerLink } from '../../shared/OwnerLink'
import { type Text, useText } from '../../shared/text'
import { CutList } from './CutList'
import { RowGroups } from './RowGroups'
import { countRows, rowName, rowNames } from './rows'

/** What is not done, or not quite as it was typed, and why. */
export function FindingList({ findings }: { findings: Finding[] }) {
  return (
    <ul className="findings">
      <CutList
        items={findings}
        first={6}
        kindOf={({ finding }) => finding}
        line={(finding, index) => <FindingItem key={index} finding={finding} />}
      />
    </ul>
  )
}

function FindingItem({ finding }: { finding: Finding }) {
  const { icon, words, more } = findingLine(useText(), finding)
  return (
    <li className={`finding ${finding.finding}`} data-testid="plan-finding" data-finding={finding.finding}>
      {icon}
      <div className="wrap">
        {words}
        {more}
      </div>
    </li>
  )
}

const mono = (name: string) => <bdi className="mono wrap selectable">{name}</bdi>

const linked = (owner: Owner) => <OwnerLink owner={owner} taken />

/** A finding in a sentence. Where a link would be in the way, `nameOf` says how an owner is named instead. */
export function findingLine(
  { t, rich, list }: Text,
  finding: Finding,
  nameOf: (owner: Owner) => ReactNode = linked,
): { icon: ReactNode; words: ReactNode; more?: ReactNode } {
  const info = <Info size={14} aria-hidden />
  const out = <CircleSlash size={14} aria-hidden />
  const warning = <TriangleAlert size={14} aria-hidden />
  switch (finding.finding) {
    case 'tenant_exists':
      return { icon: info, words: rich('finding.tenant_exists', { tenant: <OwnerLink owner={finding.tenant} /> }) }
    case 'domain_rewritten': {
      const rewrites = list(finding.rewrites.map((rewrite) => t(`rewrite.${rewrite}`)))
      const values = { input: mono(finding.input), stored: mono(finding.stored), rewrites }
      return { icon: <CornerDownRight size={14} aria-hidden />, words: rich('finding.domain_rewritten', values) }
    }
    case 'domain_yours':
      return {
        icon: info,
        words: rich('finding.domain_yours', { domain: mono(finding.domain), primary: finding.primary }),
      }
    case 'domain_taken': {
      const { domain, owner, primary } = finding
      const values = { domain: mono(domain), owner: nameOf(owner), primary }
      return { icon: out, words: rich('finding.domain_taken', values) }
    }
    case 'left_without_domain':
      return {
        icon: warning,
        words: rich('finding.left_without_domain', { tenant: <OwnerLink owner={finding.tenant} /> }),
      }
    case 'domain_changed_since': {
      const { domain, owner } = finding
      const values = { domain: mono(domain), owned: String(owner !== null), owner: owner && nameOf(owner) }
      return { icon: out, words: rich('finding.domain_changed_since', values) }
    }
    case 'rows_left_out':
      return { icon: out, words: t('finding.rows_left_out', { count: finding.count }) }
    case 'atoms_unchanged':
      return { icon: info, words: t('finding.atoms_unchanged', { atoms: finding.atoms }) }
    case 'atom_name_taken': {
      const { schema, slug, holder } = finding
      const values = { schema: mono(schema), slug: mono(slug), holder: mono(holder) }
      return { icon: out, words: rich('finding.atom_name_taken', values) }
    }
    case 'catalog_kept':
    case 'catalog_changed_since': {
      const count = countRows(finding.rows)
      return {
        icon: info,
        words: rich(`finding.${finding.finding}`, { schema: mono(finding.schema), count }),
        more: <RowGroups groups={[{ title: t('change.rows', { count }), rows: rowNames(finding.rows) }]} />,
      }
    }
    case 'catalog_conflicts': {
      const { schema, conflicts } = finding
      const those = (choice: Resolution | null) => conflicts.filter((of) => of.choice === choice)
      const [open, kept, taken] = [those(null), those('keep'), those('take')]
      const counts = { count: conflicts.length, open: open.length, kept: kept.length, taken: taken.length }
      const group = (choice: 'open' | 'kept' | 'taken', its: Conflict[]) => ({
        title: t(`finding.conflicts.${choice}`, { count: its.length }),
        rows: its.map(({ row }) => rowName(row)),
      })
      return {
        icon: open.length > 0 ? warning : info,
        words: rich('finding.catalog_conflicts', { schema: mono(schema), ...counts }),
        more: <RowGroups groups={[group('open', open), group('kept', kept), group('taken', taken)]} />,
      }
    }
    case 'references_changed_since': {
      const values = { schema: mono(finding.schema), references: mono(list(finding.references.map(named))) }
      return { icon: info, words: rich('finding.references_changed_since', values) }
    }
    case 'atom_in_use':
      return {
        icon: out,
        words: rich('finding.atom_in_use', { schema: mono(finding.schema), slug: mono(finding.slug) }),
      }
    case 'mentions_old_name':
      return { icon: warning, words: rich('finding.mentions_old_name', { objects: mono(list(finding.objects)) }) }
    case 'template_behind': {
      const { template, tenants, lacks } = finding
      const values = { template: mono(template), tenants, lacks: mono(list(lacks)) }
      return { icon: warning, words: rich('finding.template_behind', values) }
    }
    case 'left_different':
      return { icon: warning, words: rich('finding.left_different', { objects: mono(list(finding.objects)) }) }
    case 'final':
      return { icon: warning, words: t('finding.final') }
  }
}
