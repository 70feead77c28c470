import './schema.css'
import { CircleAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Problem, SchemaProblem } from '../../../ipc/client'
import { ProblemText } from '../../../shared/ProblemText'
import { Loading } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useDebounced } from '../../../shared/useDebounced'
import { useSchemaProblems } from './api'

/** Both weigh more than all the rest of the screen, and most visits need neither. */
const SchemaEditor = lazy(() => import('./SchemaEditor').then((module) => ({ default: module.SchemaEditor })))
const SchemaPreview = lazy(() => import('./SchemaPreview').then((module) => ({ default: module.SchemaPreview })))

const NONE: SchemaProblem[] = []
/** So many are read; the rest follows from them often enough. */
const SHOWN = 5

type Props = {
  version: string
  value: string
  onChange: (value: string) => void
  /** What the engine said of the whole. */
  refused: Problem[]
  isReadOnly: boolean
}

/** A config schema as JSON, what is wrong with it at its place, and the form that it comes to. */
export function SchemaField({ version, value, onChange, refused, isReadOnly }: Props) {
  const { t } = useText()
  const settled = useDebounced(value, 200)
  const problems = useSchemaProblems(settled).data ?? NONE
  const isWrong = problems.length > 0 || refused.length > 0
  return (
    <div className="schema-field">
      <span className="field-label">{t('catalog.version.schema')}</span>
      <Suspense fallback={<Loading />}>
        <SchemaEditor
          label={t('schema.label', { version })}
          description={t(isReadOnly ? 'schema.readonly' : 'schema.keys')}
          value={value}
          onChange={onChange}
          problems={problems}
          isReadOnly={isReadOnly}
          isWrong={isWrong}
          data-testid="schema-editor"
        />
      </Suspense>
      <div className="field-message" role="status" data-testid="schema-problems">
        {isWrong ? (
          <ul className="field-problems">
            {problems.length === 0 &&
              refused.map((problem) => (
                <li className="problem" key={JSON.stringify(problem.rule)}>
                  <ProblemText problem={problem} />
                </li>
              ))}
            {problems.slice(0, SHOWN).map((problem) => (
              <SchemaProblemLine key={`${problem.pointer} ${problem.line} ${problem.reason}`} problem={problem} />
            ))}
            {problems.length > SHOWN && (
              <li className="muted">{t('schema.problems.more', { count: problems.length - SHOWN })}</li>
            )}
          </ul>
        ) : (
          t(isReadOnly ? 'schema.readonly' : 'schema.keys')
        )}
      </div>
      <section className="schema-preview" aria-label={t('schema.preview.label', { version })}>
        <h4 className="field-label">{t('schema.preview')}</h4>
        <Suspense fallback={<Loading />}>
          <SchemaPreview text={settled} isWrong={isWrong} />
        </Suspense>
      </section>
    </div>
  )
}

function SchemaProblemLine({ problem: { pointer, reason, line, column } }: { problem: SchemaProblem }) {
  const { t } = useText()
  const place = line === null ? pointer : t('schema.problem.line', { line, column: column ?? 1 })
  return (
    <li className="problem">
      <CircleAlert className="problem-icon" size={14} aria-hidden />
      <span className="problem-text">
        {place && <bdi className="mono">{place}: </bdi>}
        <bdi>{reason}</bdi>
      </span>
    </li>
  )
}
