import '../domains.css'
import { useNavigate } from '@tanstack/react-router'
import { type ClipboardEvent, type RefObject, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Field } from '../../../shared/Field'
import { Notice } from '../../../shared/Notice'
import { useText } from '../../../shared/text'
import { beginImport } from '../import/draft'
import type { Adding } from './adding'
import { ConflictLine } from './ConflictLine'
import { storedOf, useInspected, verdictOf } from './inspected'
import { NameFacts } from './NameFacts'
import { isGood, NameList } from './NameList'
import { ProofNeeded } from './ProofNeeded'

/** More are looked at by the import. */
const MOST = 50

type Props = { adding: Adding; form: RefObject<HTMLFormElement | null>; autoFocus?: boolean }

/** One field that takes whatever is pasted, and says at once and in words what would become of it. */
export function AddField({ adding, form, autoFocus = false }: Props) {
  const { t } = useText()
  const navigate = useNavigate()
  const { input, schema, edit } = adding
  // A field of one line drops line breaks: what was pasted is kept as it was, for the import.
  const [pasted, setPasted] = useState<string | null>(null)
  const text = pasted ?? input
  const count = text.split(/[\s,;]+/).filter(Boolean).length
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  const isMany = count > MOST
  const { found = [], isCurrent, error } = useInspected(isMany ? '' : input, schema)
  const [one] = found
  const single = found.length === 1 && one && !isMany ? one : null
  const isTable = lines > 1 && single?.name === null
  const verdict = single && verdictOf(single, schema)
  const held = (verdict === 'taken' && single?.held) || null
  const proof = ((verdict === 'unproven' || held) && single?.proof) || null
  const isAnswered = proof === null || adding.reason.trim() !== ''
  // A conflict is shown whatever is lacking.
  const canAdd = input.trim() !== '' && schema !== null && !isMany && !isTable && (isAnswered || held !== null)
  const good = storedOf(found.filter((of) => isGood(of, schema))).length

  const change = (next: string) => {
    setPasted(null)
    edit(next)
  }
  const takeLines = (event: ClipboardEvent) => {
    const raw = event.clipboardData.getData('text')
    if (!raw.trim().includes('\n') || !(event.target instanceof HTMLInputElement) || event.target.name !== 'domain')
      return
    event.preventDefault()
    setPasted(raw)
    edit(raw.trim().replace(/\s*\n\s*/g, ' '))
  }
  const openImport = () => {
    beginImport({ text, tenant: schema ?? '' })
    void navigate({ to: '/domains/import', search: { step: 'rows' } })
  }
  return (
    <Form
      ref={form}
      className="add-domain"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        if (canAdd) adding.submit()
      }}
    >
      <div onPaste={takeLines}>
        <Field
          name="domain"
          label={t('domain.add.label')}
          value={input}
          onChange={change}
          problems={single && isCurrent && !isTable && !single.name && single.problem ? [single.problem] : []}
          hint={schema === null ? t('add.tenant.first') : input.trim() === '' ? t('add.hint') : undefined}
          mono
          inputMode="url"
          autoFocus={autoFocus}
          data-testid="domain-input"
          after={
            <Button type="submit" isDisabled={!canAdd} data-testid="domain-add">
              {found.length > 1 && !isMany ? t('add.many', { count: good }) : t('domain.add')}
            </Button>
          }
        />
      </div>
      {(isMany || isTable) && (
        <Notice
          tone="note"
          title={t('add.lines', { count: isMany ? Math.max(lines, count) : lines })}
          actions={
            <Button onPress={openImport} data-testid="open-import">
              {t('add.import')}
            </Button>
          }
          data-testid="domain-many"
        >
          <p>{t('add.lines.text')}</p>
        </Notice>
      )}
      {!isMany && (
        <div className={isCurrent ? 'inspected' : 'inspected stale'}>
          {held && (
            <ConflictLine
              held={held}
              canMove={isCurrent && schema !== null && isAnswered}
              onMove={() => adding.move(single?.name?.stored ?? input)}
              onMore={() => adding.show(single?.name?.stored ?? input)}
            />
          )}
          {single ? <NameFacts of={single} schema={schema} /> : found.length > 1 && <NameList {...{ found, schema }} />}
          {found.length > 1 && (
            <Button onPress={openImport} data-testid="open-import">
              {t('add.import')}
            </Button>
          )}
          {proof && <ProofNeeded proof={proof} reason={adding.reason} onReason={adding.setReason} />}
        </div>
      )}
      {(error ?? adding.error) != null && <ErrorView error={error ?? adding.error} />}
    </Form>
  )
}
