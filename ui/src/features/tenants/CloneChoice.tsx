import { TriangleAlert } from 'lucide-react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { SchemaName } from '../../ipc/client'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'
import { useTenantName, useTenantPage } from './api'
import { type DraftStore, useDraft } from './draft'

/** Whether the rows of the source go along, and what that means. */
export function CloneChoice({ source, store }: { source: SchemaName; store: DraftStore }) {
  const { t, rich, bytes } = useText()
  const { withData } = useDraft(store)
  const name = useTenantName(source)
  const tables = useTenantPage(source).data?.tables
  const size = tables?.reduce((sum, table) => sum + table.bytes, 0) ?? 0
  return (
    <section className="pane-section stack">
      <RadioGroup
        className="field"
        value={withData ? 'data' : 'structure'}
        onChange={(choice) => store.edit({ withData: choice === 'data' })}
        data-testid="clone-choice"
      >
        <Label className="field-label">{t('clone.what')}</Label>
        <div className="choices">
          {(['structure', 'data'] as const).map((choice) => (
            <Radio key={choice} value={choice} className="choice" data-testid={`clone-${choice}`}>
              <span>{t(`clone.${choice}`)}</span>
              <span className="field-hint">{t(`clone.${choice}.text`)}</span>
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {withData && (
        <Notice
          tone="note"
          icon={TriangleAlert}
          title={rich('clone.data.warning', { name: <bdi key="name">{name}</bdi> })}
          data-testid="clone-warning"
        >
          {tables && <p>{t('clone.data.warning.size', { tables: tables.length, size: bytes(size) })}</p>}
        </Notice>
      )}
    </section>
  )
}
