import { Fragment, type ReactNode } from 'react'
import type { Owner, Problem, RowVerdict } from '../../ipc/client'
import { columnLabel } from '../../shared/columnLabel'
import { OwnerLink } from '../../shared/OwnerLink'
import { ruleText } from '../../shared/ProblemText'
import type { Text } from '../../shared/text'
import { findingLine } from '../plan/FindingList'
import type { Row } from './rowState'

const mono = (name: string) => <bdi className="mono wrap selectable">{name}</bdi>

export type NameOf = (owner: Owner) => ReactNode

/** A link that leads to the owner, and its name alone for cells, which the keys walk through. */
export const asLink: NameOf = (owner) => <OwnerLink owner={owner} taken />
export const asName: NameOf = ({ name }) => <bdi>{name}</bdi>

/** Why a row is not done, and what of it is left out or stored in another form: a sentence each. */
export function reasonsOf(text: Text, { check, item, state }: Row, nameOf: NameOf): ReactNode[] {
  if (state === 'failed') return [<bdi key="failure">{item?.failure}</bdi>]
  const findings = check.findings.map((finding, at) => (
    <Fragment key={at}>{findingLine(text, finding, nameOf).words}</Fragment>
  ))
  return [...verdictReasons(text, check.verdict, nameOf), ...findings]
}

function verdictReasons(text: Text, verdict: RowVerdict, nameOf: NameOf): ReactNode[] {
  const { t, rich, list } = text
  switch (verdict.verdict) {
    case 'new':
    case 'exists':
      return []
    case 'invalid':
      return verdict.problems.map((problem) => (
        <Fragment key={`${problem.field} ${problem.rule.code}`}>{problemWords(text, problem)}</Fragment>
      ))
    case 'repeats':
      return [t('many.why.repeats', { line: verdict.line, field: t(`many.why.repeats.${repeated(verdict.field)}`) })]
    case 'domain_taken': {
      const owner = nameOf(verdict.owner)
      return [<Fragment key="taken">{rich('many.why.domain_taken', { domain: mono(verdict.domain), owner })}</Fragment>]
    }
    case 'schema_taken':
      return [<Fragment key="schema">{rich('many.why.schema_taken', { schema: mono(verdict.schema) })}</Fragment>]
    case 'differs': {
      const owner = nameOf(verdict.existing)
      const differences = list(verdict.differences.map((field) => fieldWords(t, field)))
      return [<Fragment key="differs">{rich('many.why.differs', { owner, differences })}</Fragment>]
    }
  }
}

function problemWords(text: Text, { field, rule, value }: Problem): ReactNode {
  const words = text.rich('many.why.field', { field: fieldWords(text.t, field), reason: ruleText(text, rule) })
  return (
    <>
      {words}
      {value && <> {mono(value)}</>}
    </>
  )
}

const repeated = (field: string) => (field === 'name' || field === 'schema' ? field : 'domain')

/** A field of a request, as the columns are called: `aliases[0]` is the first alias. */
function fieldWords(t: Text['t'], field: string): string {
  const alias = /^aliases\[(\d+)\]$/.exec(field)?.[1]
  if (alias !== undefined) return t('form.alias', { number: Number(alias) + 1 })
  if (field === 'row') return t('many.why.row')
  if (field === 'name' || field === 'schema' || field === 'primary_domain') return t(`many.field.${field}`)
  return columnLabel(t, field.replace(/^attributes\./, ''))
}
