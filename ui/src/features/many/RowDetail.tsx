import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { Button } from '../../shared/Button'
import { Name } from '../../shared/Name'
import { useText } from '../../shared/text'
import { RowMark } from './RowMark'
import type { Row } from './rowState'
import { asLink, reasonsOf } from './rowWords'

/** All there is to say of one row. */
export function RowDetail({ row, onClose }: { row: Row; onClose: () => void }) {
  const text = useText()
  const { t } = text
  const { check, item, state } = row
  const reasons = reasonsOf(text, row, asLink)
  return (
    <section
      className="many-detail"
      aria-label={t('many.row.title', { line: check.line })}
      aria-live="polite"
      data-testid="csv-row-detail"
    >
      <header className="row">
        <span className="muted">{t('many.row.title', { line: check.line })}</span>
        <RowMark state={state} />
        <span className="grow" />
        <Button variant="quiet" icon={<X size={14} />} aria-label={t('app.close')} onPress={onClose} />
      </header>
      {check.name && (
        <h3>
          <Name>{check.name}</Name>
        </h3>
      )}
      {check.subject && (
        <p className="wrap">
          <Name mono>{check.subject}</Name>
        </p>
      )}
      {state !== 'bad' && state !== 'failed' && <p>{t(`many.row.${state}.text`)}</p>}
      {reasons.length > 0 && (
        <ul className="many-reasons">
          {reasons.map((reason, at) => (
            <li key={at} className="wrap selectable">
              {reason}
            </li>
          ))}
        </ul>
      )}
      {state === 'created' && (
        <p className="row">
          <Link to="/tenants" search={{ tenant: check.subject }}>
            {t('form.open', { name: check.name })}
          </Link>
          {item?.operation && (
            <Link to="/journal" search={{ operation: item.operation }}>
              {t('jobs.item.operation')}
            </Link>
          )}
        </p>
      )}
    </section>
  )
}
