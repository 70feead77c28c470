import { FileSpreadsheet } from 'lucide-react'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'

type Props = { onRead: (path: string) => void; onChoose: () => void }

/** No file yet: it is chosen, or its path is typed. */
export function FileForm({ onRead, onChoose }: Props) {
  const { t } = useText()
  const [path, setPath] = useState('')
  const wanted = path.trim()
  return (
    <Form
      className="many-file"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted) onRead(wanted)
      }}
      data-testid="many-empty"
    >
      <FileSpreadsheet size={24} strokeWidth={1.5} aria-hidden />
      <Field
        name="path"
        label={t('many.file')}
        value={path}
        onChange={setPath}
        mono
        hint={t('many.file.hint')}
        autoFocus
        data-testid="csv-path"
        after={
          <>
            <Button type="submit" isDisabled={!wanted} data-testid="csv-read">
              {t('many.file.read')}
            </Button>
            <Button variant={wanted ? 'plain' : 'primary'} onPress={onChoose} data-testid="csv-choose">
              {t('many.file.choose')}
            </Button>
          </>
        }
      />
    </Form>
  )
}
