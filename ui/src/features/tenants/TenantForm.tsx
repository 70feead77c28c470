import { useEffect, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { ProblemList } from '../../shared/ProblemList'
import { useText } from '../../shared/text'
import { AttributeFields } from './AttributeFields'
import { CloneChoice } from './CloneChoice'
import { DomainFields } from './DomainFields'
import { useDraft } from './draft'
import { useFormProblems } from './formProblems'
import type { Making } from './making'
import { useSuggestedSchema } from './useSuggestedSchema'

/** The form of a new tenant, by the blueprint or like another. The engine checks it as it is typed. */
export function TenantForm({ making, onSubmit }: { making: Making; onSubmit: () => void }) {
  const { t } = useText()
  const { edit, leave } = making.draft
  const draft = useDraft(making.draft)
  const { problemsOf, verdictOf, elsewhere, count } = useFormProblems(making, draft)
  const suggested = useSuggestedSchema(draft.name)

  // Nothing moves under the hands of somebody who is about to type.
  const [inSchema, setInSchema] = useState(false)

  useEffect(() => {
    const follows = !draft.schemaEdited && !inSchema
    if (follows && suggested !== undefined && suggested !== draft.schema) edit({ schema: suggested })
  }, [suggested, draft.schemaEdited, draft.schema, inSchema, edit])

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
            onChange={(name) => edit({ name })}
            onBlur={() => leave('name')}
            problems={problemsOf('name', draft.name)}
            autoFocus
          />
        </div>
        <div className="wide">
          <Field
            name="schema"
            label={t('form.schema')}
            value={draft.schema}
            onChange={(schema) => edit({ schema, schemaEdited: true })}
            onFocus={() => setInSchema(true)}
            onBlur={() => {
              setInSchema(false)
              leave('schema')
            }}
            problems={problemsOf('schema', draft.schema)}
            mono
            hint={draft.schemaEdited ? undefined : t('form.schema.hint')}
            after={
              draft.schemaEdited && (
                <Button onPress={() => edit({ schemaEdited: false })} data-testid="suggest-again">
                  {t('form.schema.resume')}
                </Button>
              )
            }
          />
        </div>
      </section>
      {making.source !== null && <CloneChoice source={making.source} store={making.draft} />}
      <DomainFields making={making} problemsOf={problemsOf} verdictOf={verdictOf} />
      <AttributeFields making={making} problemsOf={problemsOf} />
      {draft.tried && count > 0 && (
        <section className="pane-section" role="status" data-testid="form-problems">
          <p className="problem">{t('form.wrong', { count })}</p>
          {elsewhere.length > 0 && <ProblemList problems={elsewhere} />}
        </section>
      )}
    </Form>
  )
}
