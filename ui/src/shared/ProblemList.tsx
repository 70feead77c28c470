import type { Problem } from '../ipc/client'
import { ProblemText } from './ProblemText'

/** Problems that stand in no form: each with its place, what was found there, and why it will not do. */
export function ProblemList({ problems }: { problems: Problem[] }) {
  return (
    <ul className="problems">
      {problems.map((problem) => (
        <li key={`${problem.field} ${problem.rule.code} ${problem.value}`} className="problem">
          <span className="problem-text">
            <bdi className="mono wrap selectable">{problem.field}</bdi>
            {problem.value && (
              <>
                {' '}
                <bdi className="mono wrap selectable muted">{problem.value}</bdi>
              </>
            )}
          </span>
          <span className="row">
            <ProblemText problem={problem} />
          </span>
        </li>
      ))}
    </ul>
  )
}
