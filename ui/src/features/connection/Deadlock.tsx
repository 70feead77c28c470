import type { Found } from '../../ipc/client'
import { Notice } from '../../shared/Notice'
import { SqlText } from '../../shared/SqlText'
import { useText } from '../../shared/text'

type Props = { found: Extract<Found, { found: 'foreign' | 'occupied' | 'other_version' }> }

/** A database that nothing can be done with as it is: why, and what would do. */
export function Deadlock({ found }: Props) {
  const { t } = useText()
  const tables = found.found === 'foreign' ? found.tables : 0
  return (
    <div className="found-body">
      <Notice tone="note" title={t(`deadlock.${found.found}`, { tables })} data-testid="found-deadlock">
        <p>{t(`deadlock.${found.found}.text`)}</p>
        {found.found === 'occupied' && (
          <SqlText label={t('deadlock.occupied.sql')} sql="ALTER SCHEMA tenantry RENAME TO tenantry_before;" />
        )}
      </Notice>
    </div>
  )
}
