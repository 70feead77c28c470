import './schema.css'
// The package's own entry asks for a validator that is for its tests.
import Form from '@rjsf/core/lib/components/Form.js'
import type { RJSFSchema } from '@rjsf/utils'
import { Component, type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react'
import { useText } from '../../../shared/text'
import { templates } from './formTemplates'
import { interpreter } from './interpreter'
import { isBlankSchema } from './versions'

type Props = { text: string; isWrong: boolean }

/** The form that a config schema asks an administrator to fill in. Nothing that is typed into it is kept. */
export function SchemaPreview({ text, isWrong }: Props) {
  const { t } = useText()
  const schema = useMemo(() => read(text), [text])
  if (isBlankSchema(text)) return <Calm>{t('schema.preview.blank')}</Calm>
  if (isWrong || schema === null) return <Calm>{t('schema.preview.wrong')}</Calm>
  if (isWithoutFields(schema)) return <Calm>{t('schema.preview.none')}</Calm>
  return (
    <Fallback key={text} words={<Calm>{t('schema.preview.unknown')}</Calm>}>
      <Preview schema={schema} />
    </Fallback>
  )
}

const Calm = ({ children }: { children: ReactNode }) => (
  <p className="muted schema-calm" data-testid="schema-calm">
    {children}
  </p>
)

function Preview({ schema }: { schema: RJSFSchema }) {
  const id = useId()
  const [data, setData] = useState<unknown>(undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field must not save what stands around the preview
    <div className="schema-form" onKeyDown={stay} data-testid="schema-form">
      <Form
        tagName="div"
        schema={schema}
        validator={interpreter}
        templates={templates}
        formData={data}
        onChange={(change) => setData(change.formData)}
        idPrefix={id}
        noValidate
        noHtml5Validate
        showErrorList={false}
      >
        {/* Without a button to send it. */}
        {true}
      </Form>
    </div>
  )
}

function stay(event: KeyboardEvent) {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
}

function read(text: string): RJSFSchema | null {
  try {
    const schema: unknown = JSON.parse(text)
    return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema : null
  } catch {
    return null
  }
}

const PARTS = ['properties', 'items', 'oneOf', 'anyOf', 'allOf', '$ref', 'enum', 'additionalProperties']

/** A description alone, say: it allows everything and asks for nothing. */
const isWithoutFields = (schema: RJSFSchema) =>
  (schema.type === undefined || schema.type === 'object') && !PARTS.some((part) => schema[part])

/** A schema may be right and still more than a form can show, such as one that points elsewhere. */
class Fallback extends Component<{ words: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? this.props.words : this.props.children
  }
}
