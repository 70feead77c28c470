import { Minus, Plus } from 'lucide-react'
import type { DnsRecord } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { CopyText } from './Copy'

/** Providers' forms want the name below the zone; a zone file and most tools want all of it. */
export type NameForm = 'zone' | 'full'
export type RecordRow = { record: DnsRecord; sign?: 'add' | 'remove' }

type Props = { label: string; rows: RecordRow[]; form: NameForm }

/** DNS records, each cell of which can be copied. What is to be removed and what is to be added look so. */
export function RecordTable({ label, rows, form }: Props) {
  const { t } = useText()
  const isSigned = rows.some(({ sign }) => sign)
  return (
    <table className={isSigned ? 'records-table signed' : 'records-table'} aria-label={label}>
      <thead>
        <tr>
          {isSigned && (
            <th scope="col">
              <span className="hidden-visually">{t('world.record.sign')}</span>
            </th>
          )}
          <th scope="col">{t('world.record.type')}</th>
          <th scope="col">{t(form === 'zone' ? 'world.form.zone' : 'world.record.name')}</th>
          <th scope="col">{t('world.record.value')}</th>
          <th scope="col">{t('world.record.ttl')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row key={at} row={row} isSigned={isSigned} form={form} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row: { record, sign }, isSigned, form }: { row: RecordRow; isSigned: boolean; form: NameForm }) {
  const { t } = useText()
  const Icon = sign === 'remove' ? Minus : Plus
  return (
    <tr className={sign} data-testid={sign ? `record-${sign}` : 'record'}>
      {isSigned && (
        <td className="record-sign">
          {sign && (
            <>
              <Icon size={14} aria-hidden />
              <span className="hidden-visually">{t(`world.record.${sign}`)}</span>
            </>
          )}
        </td>
      )}
      <td>
        <CopyText text={record.kind} data-testid="copy-type" />
      </td>
      <td>
        <CopyText text={form === 'zone' ? record.nameInZone : record.name} data-testid="copy-name" />
      </td>
      <td>
        <CopyText text={record.value} data-testid="copy-value" />
      </td>
      <td>
        {record.ttl === null ? (
          <span className="muted">{t('world.record.ttl.any')}</span>
        ) : (
          <CopyText text={String(record.ttl)} data-testid="copy-ttl" />
        )}
      </td>
    </tr>
  )
}
