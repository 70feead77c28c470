import type {
  ArrayFieldItemTemplateProps,
  FieldTemplateProps,
  IconButtonProps,
  MultiSchemaFieldTemplateProps,
  TemplatesType,
  UnsupportedFieldProps,
} from '@rjsf/utils'
import { getTemplate, getUiOptions } from '@rjsf/utils'
import { ArrowDown, ArrowUp, Copy, type LucideIcon, Plus, Trash2, X } from 'lucide-react'
import type { MessageId } from '../../../messages/en'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'

/** A form of a JSON Schema with our own controls. */
export const templates: Partial<TemplatesType> & { ButtonTemplates: TemplatesType['ButtonTemplates'] } = {
  FieldTemplate,
  ArrayFieldItemTemplate,
  MultiSchemaFieldTemplate,
  UnsupportedFieldTemplate,
  ErrorListTemplate: () => null,
  ButtonTemplates: {
    AddButton: action('schema.form.add', Plus, true),
    RemoveButton: action('schema.form.remove', Trash2),
    MoveUpButton: action('schema.form.up', ArrowUp),
    MoveDownButton: action('schema.form.down', ArrowDown),
    CopyButton: action('schema.form.copy', Copy),
    ClearButton: action('schema.form.clear', X),
    SubmitButton: () => null,
  },
}

function action(words: MessageId, Icon: LucideIcon, isWritten = false) {
  return function Action({ onClick, disabled = false, id }: IconButtonProps) {
    const { t } = useText()
    return (
      <Button
        variant={isWritten ? 'plain' : 'quiet'}
        icon={<Icon size={14} />}
        aria-label={isWritten ? undefined : t(words)}
        isDisabled={disabled}
        // It wants an event, and nothing of it.
        onPress={() => onClick?.(undefined as never)}
        {...(id && { id })}
      >
        {isWritten ? t(words) : undefined}
      </Button>
    )
  }
}

function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, description, hidden, required, displayLabel, registry, uiSchema } = props
  const { t } = useText()
  const options = getUiOptions(uiSchema)
  const Wrap = getTemplate('WrapIfAdditionalTemplate', registry, options)
  if (hidden) return <div hidden>{children}</div>
  const isLabelled = displayLabel && options.widget !== 'checkbox'
  return (
    <Wrap {...props}>
      {isLabelled && label && (
        <label className="field-label" htmlFor={id}>
          {label}
          {!required && <span className="muted"> · {t('form.optional')}</span>}
        </label>
      )}
      {children}
      {isLabelled && description && <div className="field-hint">{description}</div>}
    </Wrap>
  )
}

function ArrayFieldItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { children, buttonsProps, hasToolbar, registry, uiSchema } = props
  const Buttons = getTemplate('ArrayFieldItemButtonsTemplate', registry, getUiOptions(uiSchema))
  return (
    <div className="schema-item">
      <div className="grow">{children}</div>
      {hasToolbar && (
        <div className="row schema-item-tools">
          <Buttons {...buttonsProps} />
        </div>
      )}
    </div>
  )
}

/** One of several forms, and which. */
function MultiSchemaFieldTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  const { t } = useText()
  return (
    <>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the selector */}
      <label className="schema-which">
        <span className="field-label">{t('schema.form.which')}</span>
        {selector}
      </label>
      {optionSchemaField}
    </>
  )
}

/** Something that a form has no control for. */
function UnsupportedFieldTemplate({ fieldPathId }: UnsupportedFieldProps) {
  const { rich } = useText()
  const name = fieldPathId?.path.join('.') ?? ''
  return <p className="muted">{rich('schema.form.unsupported', { name: <bdi className="mono">{name}</bdi> })}</p>
}
