import { Form } from 'react-aria-components'
import { Button } from '../../../shared/Button'
import { Field } from '../../../shared/Field'
import { useText } from '../../../shared/text'

type Props = { text: string; onText: (text: string) => void; onRead: () => void; onChoose: () => void }

/** Where domains come from: typed or pasted, a file that is chosen, or one that is dropped on the window. */
export function SourceForm({ text, onText, onRead, onChoose }: Props) {
  const { t } = useText()
  const isBlank = text.trim() === ''
  return (
    <Form
      className="import-source"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBlank) onRead()
      }}
    >
      <Field
        name="domains"
        label={t('import.text')}
        value={text}
        onChange={onText}
        hint={t('import.text.hint')}
        multiline
        mono
        autoFocus
        placeholder={'shop.example.com\nwww.example.org, acme\nmünchen.example, globex, primary'}
        data-testid="import-text"
      />
      <div className="row">
        <Button type="submit" variant={isBlank ? 'plain' : 'primary'} isDisabled={isBlank} data-testid="import-read">
          {t('import.read')}
        </Button>
        <Button variant={isBlank ? 'primary' : 'plain'} onPress={onChoose} data-testid="import-choose">
          {t('import.choose')}
        </Button>
        <span className="muted">{t('import.drop')}</span>
      </div>
    </Form>
  )
}
