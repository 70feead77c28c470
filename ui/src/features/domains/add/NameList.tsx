import { CircleAlert, CircleCheck, CircleSlash, Info, KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Inspected, SchemaName } from '../../../ipc/client'
import { Mono } from '../../../shared/Name'
import { OwnerLink } from '../../../shared/OwnerLink'
import { ruleText } from '../../../shared/ProblemText'
import { useText } from '../../../shared/text'
import { stepsOf, verdictOf } from './inspected'
import { Line } from './Line'

const LOOKS = {
  free: { icon: CircleCheck, tone: 'good' },
  unproven: { icon: KeyRound, tone: 'note' },
  yours_already: { icon: Info, tone: 'note' },
  taken: { icon: CircleSlash, tone: 'note' },
  invalid: { icon: CircleAlert, tone: 'bad' },
} as const

type Props = { found: Inspected[]; schema: SchemaName | null }

/** Several names that were pasted together: a line for each, with its verdict. */
export function NameList({ found, schema }: Props) {
  const text = useText()
  const { t, rich, list } = text
  const first = firstPlaces(found)
  const good = found.filter((of, at) => isGood(of, schema) && first[at]).length
  return (
    <section className="name-list" aria-label={t('add.list')} data-testid="domain-list">
      <p className="small muted" role="status" data-testid="domain-list-count">
        {t('add.list.count', { good, count: found.length })}
      </p>
      <ul>
        {found.map((of, at) => {
          const verdict = verdictOf(of, schema)
          return (
            <li key={at} data-testid="domain-list-row" data-outcome={first[at] ? verdict : 'twice'}>
              <Line {...(first[at] ? LOOKS[verdict] : { icon: Info })}>
                <Mono>{of.name?.unicode ?? of.input}</Mono> <span>{first[at] ? words(of) : t('add.list.twice')}</span>
              </Line>
            </li>
          )
        })}
      </ul>
    </section>
  )

  function words(of: Inspected): ReactNode {
    const { name, problem, held } = of
    switch (verdictOf(of, schema)) {
      case 'invalid':
        return problem && ruleText(text, problem.rule)
      case 'taken':
        return (
          held && rich('add.list.taken', { owner: <OwnerLink key="o" owner={held.owner} />, primary: held.primary })
        )
      case 'yours_already':
        return t('add.list.yours')
      case 'unproven':
        return t('add.list.unproven')
      case 'free': {
        const steps = name ? stepsOf(name, problem) : []
        return steps.length > 0
          ? t('add.list.rewritten', { how: list(steps.map((step) => t(step))) })
          : t('add.list.free')
      }
    }
  }
}

export const isGood = (of: Inspected, schema: SchemaName | null) => {
  const verdict = verdictOf(of, schema)
  return verdict === 'free' || verdict === 'unproven'
}

/** Whether a name stands at its place for the first time. */
function firstPlaces(found: Inspected[]): boolean[] {
  const seen = new Set<string>()
  return found.map(({ name }) => {
    if (!name) return true
    const isFirst = !seen.has(name.stored)
    seen.add(name.stored)
    return isFirst
  })
}
