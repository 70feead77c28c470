import { kinds } from '../../messages/plans'
import { ChoiceSelect } from '../../shared/ChoiceSelect'
import { useText } from '../../shared/text'
import { kindText } from './kind'

const KINDS = Object.keys(kinds).map((id) => id.replace(/^kind\./, ''))

type Props = { value: string | undefined; onChange: (kind: string | undefined) => void }

/** Operations of one kind. The engine searches for the kind's own name, people for its words. */
export function KindSelect({ value, onChange }: Props) {
  const text = useText()
  return (
    <ChoiceSelect
      label={text.t('journal.kind')}
      all={text.t('journal.kind.all')}
      options={KINDS.map((kind) => ({ id: kind, text: kindText(text, kind) }))}
      value={value}
      onChange={onChange}
      data-testid="journal-kind"
    />
  )
}
