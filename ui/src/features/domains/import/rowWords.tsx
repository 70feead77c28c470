import type { ReactNode } from 'react'
import type { Owner } from '../../../ipc/client'
import { ruleText } from '../../../shared/ProblemText'
import type { Text } from '../../../shared/text'
import type { Row } from './rowState'

const mono = (name: string) => (
  <bdi key={name} className="mono wrap selectable">
    {name}
  </bdi>
)

/** Why a row has its verdict, in a sentence; nothing where the verdict says it all. */
export function whyOf(text: Text, { check, asked }: Row, nameOf: (owner: Owner) => ReactNode): ReactNode {
  const { t, rich, list } = text
  const { verdict, name } = check
  const stored =
    name !== null &&
    name.rewrites.length > 0 &&
    rich('import.why.stored', {
      how: list(name.rewrites.map((rewrite) => t(`rewrite.${rewrite}`))),
    })
  switch (verdict.verdict) {
    case 'new':
      return stored || null
    case 'same':
      return t('import.why.same')
    case 'becomes_primary':
      return t('import.why.primary')
    case 'taken':
      return (
        <>
          {rich('import.why.taken', { primary: verdict.primary, owner: nameOf(verdict.owner) })} {stored}
        </>
      )
    case 'invalid':
      return verdict.problem.field === 'tenant' ? t('import.why.unnamed') : ruleText(text, verdict.problem.rule)
    case 'repeats':
      return t('import.why.repeats', { line: verdict.line })
    case 'second_primary':
      return t('import.why.second_primary', { line: verdict.line })
    case 'no_such_tenant':
      return rich('import.why.no_tenant', { tenant: mono(asked.tenant) })
    case 'unproven':
      return t('import.why.unproven')
  }
}
