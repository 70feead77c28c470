import { Plus, X } from 'lucide-react'
import type { Problem } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Field } from '../../../shared/Field'
import { useText } from '../../../shared/text'
import { type Entry, entry, type ListName } from './draft'

type Props = {
  name: ListName
  entries: Entry[]
  onChange: (entries: Entry[]) => void
  problemsOf: (id: number) => Problem[]
}

/** Several values of one kind, each in a field of its own. What is pasted as a list becomes several. */
export function ListField({ name, entries, onChange, problemsOf }: Props) {
  const { t } = useText()
  const edit = (id: number, text: string) => {
    const parts = text.split(/[\s,;]+/).filter(Boolean)
    onChange(
      entries.flatMap((of) => {
        if (of.id !== id) return [of]
        // Whoever types a blank goes on typing.
        const isPasted = text.length - of.value.length > 1
        return isPasted && parts.length > 1 ? parts.map(entry) : [{ id, value: text }]
      }),
    )
  }
  return (
    <fieldset className="policy-list" data-testid={`policy-${name}`}>
      <legend>{t(`policy.${name}`)}</legend>
      <p className="field-hint">{t(`policy.${name}.hint`)}</p>
      {entries.map(({ id, value }, at) => {
        const what = t(`policy.${name}.one`, { number: at + 1 })
        return (
          <Field
            key={id}
            name={`${name}.${at}`}
            label={<span className="hidden-visually">{what}</span>}
            value={value}
            onChange={(text) => edit(id, text)}
            problems={problemsOf(id)}
            mono
            autoFocus={value === ''}
            data-testid={`policy-${name}-${at}`}
            after={
              <Button
                variant="quiet"
                icon={<X size={14} />}
                aria-label={t('policy.remove', { what: value || what })}
                onPress={() => onChange(entries.filter((of) => of.id !== id))}
              />
            }
          />
        )
      })}
      <div>
        <Button
          icon={<Plus size={14} />}
          onPress={() => onChange([...entries, entry('')])}
          data-testid={`policy-${name}-add`}
        >
          {t(`policy.${name}.add`)}
        </Button>
      </div>
    </fieldset>
  )
}
