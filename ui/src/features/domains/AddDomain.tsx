import { Form } from 'react-aria-components'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { useDomainVerdict } from './api'
import { VerdictLine } from './VerdictLine'

type Props = { schema: string; input: string; onInput: (input: string) => void; onAdd: () => void }

/** One field that takes whatever was pasted, and says at once what would be stored and who has it. */
export function AddDomain({ schema, input, onInput, onAdd }: Props) {
  const { t } = useText()
  const settled = useDebounced(input)
  const { data: verdict, error } = useDomainVerdict(schema, settled)
  const current = verdict?.input === input ? verdict : undefined
  const problems = current?.outcome.outcome === 'invalid' ? [current.outcome.problem] : []
  return (
    <Form
      className="pane-section"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        if (input.trim() !== '') onAdd()
      }}
    >
      <Field
        name="domain"
        label={t('domain.add.label')}
        value={input}
        onChange={onInput}
        problems={problems}
        below={current && <VerdictLine verdict={current} place="added" />}
        mono
        inputMode="url"
        data-testid="domain-input"
        after={
          <Button type="submit" isDisabled={input.trim() === ''} data-testid="domain-add">
            {t('domain.add')}
          </Button>
        }
      />
      {error && <ErrorView error={error} />}
    </Form>
  )
}
