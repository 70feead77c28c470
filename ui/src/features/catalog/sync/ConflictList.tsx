import { useMemo } from 'react'
import type { Conflict, CopyDifference, Decision, Resolution, RowKey, SchemaName } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Filter } from '../../../shared/Filter'
import { useText } from '../../../shared/text'
import { CutList } from '../../plan/CutList'
import { rowId } from '../../plan/rows'
import { useCopyDifference } from '../fleet/api'
import { RowMark } from '../fleet/RowMark'
import { FieldList } from '../rows/FieldList'
import { PartIcon, rowTitle } from '../rows/rowWords'
import { decideAll, decideOne, type How } from './draft'

type Props = { how: How; schema: SchemaName; conflicts: Conflict[] }

/** Rows that both sides have changed: what each of them says, and which of the two it shall be. */
export function ConflictList({ how, schema, conflicts }: Props) {
  const { t } = useText()
  const difference = useCopyDifference(schema, how.preview.release).data
  const rows = useMemo(() => new Map(difference?.map((row) => [rowId(row.row), row])), [difference])
  const open = conflicts.filter(({ choice }) => choice === null).length
  return (
    <section aria-label={t('sync.conflicts')} data-testid="conflicts">
      <h3 className="group-heading">{t('sync.decide', { count: conflicts.length, open })}</h3>
      <ul>
        <CutList
          items={conflicts}
          first={50}
          kindOf={() => 'conflict'}
          line={(conflict) => (
            <ConflictItem
              key={rowId(conflict.row)}
              how={how}
              schema={schema}
              conflict={conflict}
              difference={rows.get(rowId(conflict.row))}
            />
          )}
        />
      </ul>
    </section>
  )
}

type ItemProps = { how: How; schema: SchemaName; conflict: Conflict; difference: CopyDifference | undefined }

function ConflictItem({ how, schema, conflict, difference }: ItemProps) {
  const text = useText()
  const { t } = text
  const { row, state, choice } = conflict
  const isFleet = how.preview.tenants.length > 1
  const decide = (choice: Resolution): Decision => ({ row, choice })
  return (
    <li className="conflict" data-testid={`conflict-${row.key}${row.version ? `-${row.version}` : ''}`}>
      <div className="row">
        <PartIcon row={row} />
        <bdi className="grow wrap strong">{rowTitle(text, row)}</bdi>
        <RowMark state={state} />
      </div>
      {difference && difference.fields.length > 0 && <FieldList fields={difference.fields} />}
      <div className="row conflict-choice">
        <Filter
          label={t('sync.decide.row', { row: rowTitle(text, row) })}
          options={[
            { id: 'keep', text: t('sync.decide.keep') },
            { id: 'take', text: t('sync.decide.take') },
          ]}
          value={choice ?? ''}
          onChange={(id) => decideOne(how, schema, decide(id === 'take' ? 'take' : 'keep'))}
        />
        {choice === null && <span className="badge note">{t('sync.decide.open')}</span>}
        {isFleet && choice !== null && (
          <Button
            variant="quiet"
            onPress={() => decideAll(how, { row: wholeOf(row), choice })}
            data-testid="decide-all"
          >
            {t(`sync.decide.all.${choice}`, { key: row.key })}
          </Button>
        )}
      </div>
    </li>
  )
}

/** A decision for all tenants is about the whole atom, with its versions. */
const wholeOf = (row: RowKey): RowKey => (row.part === 'version' ? { part: 'atom', key: row.key, version: '' } : row)
