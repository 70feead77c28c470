import { X } from 'lucide-react'
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { IfTaken, ImportVerdict } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Field } from '../../../shared/Field'
import { Mono } from '../../../shared/Name'
import { OwnerLink } from '../../../shared/OwnerLink'
import { useText } from '../../../shared/text'
import { TenantPicker } from '../../tenants/TenantPicker'
import { ProofRecord } from '../add/ProofNeeded'
import { type Draft, editRows } from './draft'
import type { Row } from './rowState'
import { whyOf } from './rowWords'
import { StateMark } from './StateMark'

const TAKEN: IfTaken[] = ['skip', 'move', 'fail']

/** All there is to say of one row, and what mends it. */
export function RowDetail({ row, draft, onClose }: { row: Row; draft: Draft; onClose: () => void }) {
  const text = useText()
  const { t } = text
  const { asked, check, place, state } = row
  const { verdict } = check
  const title = t('import.row', { line: asked.line })
  const [typed, setTyped] = useState(asked.domain)
  const rename = (domain: string) => {
    setTyped(domain)
    editRows([[place, { domain }]])
  }
  return (
    <section className="import-detail" aria-label={title} data-testid="import-row-detail">
      <header className="row">
        <span className="muted">{title}</span>
        <StateMark state={state} />
        <span className="grow" />
        <Button variant="quiet" icon={<X size={14} />} aria-label={t('app.close')} onPress={onClose} />
      </header>
      <h3 className="wrap">
        <Mono>{check.name?.unicode ?? check.input}</Mono>
      </h3>
      {check.name && check.input !== check.name.stored && (
        <p className="wrap small muted">
          {t('import.row.input')}: <Mono>{check.input}</Mono>
        </p>
      )}
      {check.name && check.name.unicode !== check.name.stored && <Mono>{check.name.stored}</Mono>}
      {check.tenant && <OwnerLink owner={check.tenant} />}
      <p className="wrap selectable" role="status">
        {whyOf(text, row, (owner) => (
          <OwnerLink key="owner" owner={owner} taken />
        ))}
      </p>
      {verdict.verdict === 'taken' && (
        <TakenChoice verdict={verdict} onChange={(onTaken) => editRows([[place, { onTaken }]])} />
      )}
      {(isName(verdict) || draft.edits.get(place)?.domain !== undefined) && (
        <Field
          name="row-domain"
          label={t('import.row.domain')}
          value={typed}
          onChange={rename}
          problems={verdict.verdict === 'invalid' ? [{ ...verdict.problem, value: typed }] : []}
          mono
          data-testid="row-domain"
        />
      )}
      {isTenant(verdict) && (
        <TenantPicker
          label={t('import.row.tenant')}
          value={null}
          onChange={(tenant) => editRows([[place, { tenant }]])}
          data-testid="row-tenant"
        />
      )}
      {verdict.verdict === 'unproven' && <ProofRecord proof={verdict} />}
      <p>
        <Button
          onPress={() => {
            editRows([[place, { isDropped: true }]])
            onClose()
          }}
          data-testid="row-drop"
        >
          {t('import.row.drop')}
        </Button>
      </p>
    </section>
  )
}

const isTenant = (verdict: ImportVerdict) =>
  verdict.verdict === 'no_such_tenant' || (verdict.verdict === 'invalid' && verdict.problem.field === 'tenant')

const isName = (verdict: ImportVerdict) => verdict.verdict === 'invalid' && verdict.problem.field !== 'tenant'

type TakenProps = { verdict: Extract<ImportVerdict, { verdict: 'taken' }>; onChange: (then: IfTaken) => void }

/** What becomes of a domain that somebody has: for this row, whatever goes for the others. */
function TakenChoice({ verdict, onChange }: TakenProps) {
  const { t } = useText()
  return (
    <RadioGroup className="field" value={verdict.then} onChange={(then) => onChange(then as IfTaken)}>
      <Label className="field-label">{t('import.row.taken')}</Label>
      <div className="choices">
        {TAKEN.map((then) => (
          <Radio key={then} className="choice" value={then} data-testid={`row-${then}`}>
            <span>{t(`import.row.${then}`)}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
