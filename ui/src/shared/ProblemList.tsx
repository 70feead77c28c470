import './field.css'
import type { Problem } from '../ipc/client'
import { ruleText } from './ProblemText'
import { useText } from './text'

/** Problems that stand in no form: each with its place, what was found there, and why it will not do. */
export function ProblemList({ problems }: { problems: Problem[] }) {
  const text = useText()
  return (
    <ul className="problems">
      {problems.map((problem) => (
        <li key={`${problem.field} ${problem.rule.code} ${problem.value}`}>
          <p>
            <bdi className="mono wrap selectable">{problem.field}</bdi>
            {problem.value && (
              <>
                {' '}
                <bdi className="mono wrap selectable muted">{problem.value}</bdi>
              </>
            )}
          </p>
          <p className="problem-reason wrap selectable">{ruleText(text, problem.rule)}</p>
        </li>
      ))}
    </ul>
  )
}
