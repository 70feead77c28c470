import type { Inspection } from '../../ipc/client'
import { Notice } from '../../shared/Notice'
import { quote } from '../../shared/quote'
import { readOnlyWords } from '../../shared/readOnlyWords'
import { SqlText } from '../../shared/SqlText'
import { useText } from '../../shared/text'

/** Why nothing can be written there, if that is known before it is tried. */
export function obstacleOf({ readOnly, mayCreateSchema }: Inspection, needsSchema: boolean) {
  if (readOnly) return readOnly
  return needsSchema && !mayCreateSchema ? 'schema' : null
}

export function Obstacles({ inspection, needsSchema }: { inspection: Inspection; needsSchema: boolean }) {
  const text = useText()
  const { t, rich } = text
  const obstacle = obstacleOf(inspection, needsSchema)
  if (obstacle === null) return null
  if (obstacle !== 'schema') {
    return (
      <Notice tone="note" title={t('seen.read_only')} data-testid="found-read-only">
        <p>{readOnlyWords(text, obstacle)}</p>
      </Notice>
    )
  }
  const { user, database } = inspection
  const names = { user: <bdi key="user">{user}</bdi>, database: <bdi key="database">{database}</bdi> }
  return (
    <Notice tone="note" title={rich('seen.no_right', names)} data-testid="found-no-right">
      <p>{t('seen.no_right.text')}</p>
      <SqlText label={t('seen.no_right.sql')} sql={`GRANT CREATE ON DATABASE ${quote(database)} TO ${quote(user)};`} />
    </Notice>
  )
}
