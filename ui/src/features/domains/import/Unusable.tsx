import { appError } from '../../../ipc/client'
import { ErrorView } from '../../../shared/ErrorView'
import { Notice } from '../../../shared/Notice'
import { ruleText } from '../../../shared/ProblemText'
import { useText } from '../../../shared/text'

/** Why no domains can be read from a text or a file, and what would do. */
export function Unusable({ name, error }: { name: string | null; error: unknown }) {
  const text = useText()
  const { t, rich } = text
  const known = appError(error)
  const problem = known?.code === 'invalid' ? known.problems.find(({ rule }) => rule.code === 'file') : undefined
  return (
    <div className="pane-section stack" data-testid="import-unusable">
      {problem ? (
        <Notice tone="bad" title={t('import.unusable')} data-testid="error">
          <p className="wrap selectable">
            {rich('import.unusable.text', {
              name: <bdi key="name">{name ?? t('import.pasted')}</bdi>,
              reason: <bdi key="reason">{ruleText(text, problem.rule)}</bdi>,
            })}
          </p>
        </Notice>
      ) : (
        <ErrorView error={error} />
      )}
      <p className="muted">{t('import.advice')}</p>
    </div>
  )
}
