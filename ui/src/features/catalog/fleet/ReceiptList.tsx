import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { CatalogReceipt } from '../../../ipc/client'
import { Loaded } from '../../../shared/Loaded'
import { useText } from '../../../shared/text'
import { CutList } from '../../plan/CutList'
import { useReceipts } from './api'

/** What each synchronisation of a tenant came to, the newest first. */
export function ReceiptList({ schema }: { schema: string }) {
  const { t } = useText()
  const receipts = useReceipts(schema)
  return (
    <section className="receipts" aria-label={t('receipts.title')}>
      <h3 className="group-heading">{t('receipts.title')}</h3>
      <Loaded query={receipts}>
        {(all) =>
          all.length === 0 ? (
            <p className="pane-section muted">{t('receipts.none')}</p>
          ) : (
            <ul>
              <CutList
                items={all}
                first={10}
                kindOf={() => 'receipt'}
                line={(receipt) => <Receipt key={receipt.operation} of={receipt} />}
              />
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Receipt({ of }: { of: CatalogReceipt }) {
  const { t, time } = useText()
  const { operation, releaseBefore, release, at, ...counts } = of
  const name = (number: number | null) =>
    number === null ? t('change.release.none') : t('change.release', { release: number })
  return (
    <li className="receipt" data-testid="receipt">
      <span className="before-after">
        {releaseBefore !== release && (
          <>
            {name(releaseBefore)}
            <ArrowRight size={12} aria-hidden />
          </>
        )}
        {name(release)}
      </span>
      <span className="muted grow">{t('receipts.counts', { ...counts })}</span>
      <Link to="/journal" search={{ operation }}>
        {time(at)}
      </Link>
    </li>
  )
}
