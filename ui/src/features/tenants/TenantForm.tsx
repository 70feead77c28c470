import { useEffect, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { ProblemList } from '../../shared/ProblemList'
import { useText } from '../../shared/text'
import { AttributeFields } from './AttributeFields'
import { DomainFields } from './DomainFields'
import { editDraft, leaveField, useDraft } from './draft'
import { useFormProblems } from './formProblems'
import { useSuggestedSchema } from './useSuggestedSchema'

/** The form of a new tenant. The engine checks it as it is typed. */
export function TenantForm({ onSubmit }: { onSubmit: () => void }) {
  const { t } = useText()
  const draft = useDraft()
  const { problemsOf, verdictOf, elsewhere, count } = useFormProblems(draft)
  const suggested = useSuggestedSchema(draft.name)

  // Nothing moves under the hands of somebody who is about to type.
  const [inSchema, setInSchema] = useState(false)

  useEffect(() => {
    const follows = !draft.schemaEdited && !inSchema
    if (follows && suggested !== undefined && suggested !== draft.schema) editDraft({ schema: suggested })
  }, [suggested, draft.schemaEdited, draft.schema, inSchema])

  return (
    <Form
      id="new-tenant"
      className="tenant-form"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <section className="pane-section fields">
        <div className="wide">
          <Field
            name="name"
            label={t('form.name')}
            value={draft.name}
            onChange={(name) => editDraft({ name })}
            onBlur={() => leaveField('name')}
            problems={problemsOf('name', draft.name)}
            autoFocus
          />
        </div>
        <div className="wide">
          <Field
            name="schema"
            label={t('form.schema')}
            value={draft.schema}
            onChange={(schema) => editDraft({ schema, schemaEdited: true })}
            onFocus={() => setInSchema(true)}
            onBlur={() => {
              setInSchema(false)
              leaveField('schema')
            }}
            problems={problemsOf('schema', draft.schema)}
            mono
            hint={draft.schemaEdited ? undefined : t('form.schema.hint')}
            after={
              draft.schemaEdited && (
                <Button onPress={() => editDraft({ schemaEdited: false })} data-testid="suggest-again">
                  {t('form.schema.resume')}
                </Button>
              )
            }
          />
        </div>
      </section>
      <DomainFields draft={draft} problemsOf={problemsOf} verdictOf={verdictOf} />
      <AttributeFields draft={draft} problemsOf={problemsOf} />
      {draft.tried && count > 0 && (
        <section className="pane-section" role="status" data-testid="form-problems">
          <p className="problem">{t('form.wrong', { count })}</p>
          {elsewhere.length > 0 && <ProblemList problems={elsewhere} />}
        </section>
      )}
    </Form>
  )
}
