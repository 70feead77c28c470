import { appError } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { ruleText } from '../../shared/ProblemText'
import { useText } from '../../shared/text'

/** Why nothing can be read from a file, and what would do. */
export function UnusableFile({ path, error }: { path: string; error: unknown }) {
  const text = useText()
  const { t, rich } = text
  const known = appError(error)
  const problem = known?.code === 'invalid' ? known.problems.find(({ rule }) => rule.code === 'file') : undefined
  return (
    <div className="pane-section stack" data-testid="csv-unusable">
      {problem ? (
        <Notice tone="bad" title={t('many.file.unusable')} data-testid="error">
          <p className="wrap selectable">
            {rich('many.file.unusable.text', {
              path: (
                <bdi key="path" className="mono">
                  {path}
                </bdi>
              ),
              reason: <span key="reason">{ruleText(text, problem.rule)}</span>,
            })}
          </p>
        </Notice>
      ) : (
        <ErrorView error={error} />
      )}
      <p className="muted">{t('many.file.advice')}</p>
    </div>
  )
}
