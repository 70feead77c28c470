import { appError } from '../../ipc/client'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'

const NEEDED = ['name', 'primary_domain'] as const

/** Why the rows cannot be looked at: most often no column stands for what every tenant needs. */
export function Needed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t, list } = useText()
  const known = appError(error)
  const missing =
    known?.code === 'invalid'
      ? NEEDED.filter((field) => known.problems.some((of) => of.field === field && of.rule.code === 'required'))
      : []
  return (
    <div className="pane-section">
      {missing.length > 0 ? (
        <Notice
          tone="bad"
          title={t('many.needs.title', { fields: list(missing.map((field) => t(`many.needs.${field}`))) })}
          data-testid="csv-needs"
        >
          <p>{t('many.needs.text')}</p>
        </Notice>
      ) : (
        <ErrorView error={error} onRetry={onRetry} />
      )}
    </div>
  )
}
