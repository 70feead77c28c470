import { useMemo, useState } from 'react'
import type { ImportDomains } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Field } from '../../../shared/Field'
import { Loading } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { PlanDialog } from '../../plan/PlanDialog'
import { type Read, useImportCheck } from './api'
import { ColumnMap } from './ColumnMap'
import { type Draft, editImport, restoreRows } from './draft'
import { Frame, type FrameProps } from './ImportRows'
import { MendBar } from './MendBar'
import { RowList } from './RowList'
import { countOf, isBad, tenantsOf } from './rowState'
import { SaveImport } from './SaveImport'
import { Unusable } from './Unusable'

type Props = { table: Read; error: unknown; draft: Draft; frame: FrameProps }

/** The rows with their verdicts, what mends many of them, and the plan of those that are good. */
export function ImportTableView({ table, error, draft, frame }: Props) {
  const { t } = useText()
  const { query, answer, rows, isChecking } = useImportCheck(table, draft)
  const [asked, setAsked] = useState<{ request: ImportDomains; count: number } | null>(null)
  const counts = useMemo(() => countOf(rows), [rows])
  const bad = useMemo(() => rows.filter(({ state }) => isBad(state)).length, [rows])
  const good = answer?.check.counts.good ?? 0
  const isKnown = answer !== undefined && !isChecking && !query.isError && !error
  const ask = (onlyValid: boolean) => answer && setAsked({ request: { ...answer.request, onlyValid }, count: good })
  const names = useMemo(() => tenantsOf(rows), [rows])
  const [name] = names.values()
  const place = names.size === 1 && name !== undefined ? name : t('import.tenants', { count: names.size })

  const footer = (
    <>
      <SaveImport request={answer?.request} isReady={isKnown && rows.length > 0} />
      {bad > 0 && isKnown && (
        <span className="muted import-bad" role="status" data-testid="import-bad">
          {t('import.bad', { count: bad })}
        </span>
      )}
      <Button
        variant="primary"
        isDisabled={!isKnown || good === 0}
        onPress={() => ask(bad > 0)}
        data-testid="import-apply"
      >
        {!isKnown
          ? t('import.wait')
          : good === 0
            ? t('import.none')
            : t(bad > 0 ? 'import.valid' : 'import.all', { count: good })}
      </Button>
    </>
  )
  return (
    <Frame {...frame} footer={footer}>
      <ColumnMap table={table} draft={draft} />
      {error != null && <Unusable name={draft.name} error={error} />}
      {query.isError ? (
        <div className="pane-section">
          <ErrorView error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : answer ? (
        <>
          <MendBar rows={rows} draft={draft} onRestore={restoreRows} />
          {(counts.has('unproven') || draft.approval !== '') && (
            <div className="import-approval">
              <Field
                name="approval"
                label={t('proof.reason.many')}
                value={draft.approval}
                onChange={(approval) => editImport({ approval })}
                hint={t('import.approval.hint')}
                data-testid="approval"
              />
            </div>
          )}
          <RowList rows={rows} counts={counts} draft={draft} isChecking={isChecking} />
        </>
      ) : (
        <Loading label={t('import.checking', { count: table.rows.length })} />
      )}
      {asked && (
        <PlanDialog
          title={t('import.plan', { count: asked.count })}
          intent={{ intent: 'import_domains', request: asked.request }}
          name={place}
          slot="domain-import"
          onClose={() => setAsked(null)}
        />
      )}
    </Frame>
  )
}
