import { ChoiceSelect } from '../../shared/ChoiceSelect'
import { useText } from '../../shared/text'
import { useReleases } from './api'

type Props = {
  label: string
  /** What stands for no number. */
  none: string
  value: number | undefined
  onChange: (release: number | undefined) => void
  'data-testid'?: string
}

/** One of the releases by its number, or what stands for none. */
export function ReleaseSelect({ label, none, value, onChange, ...rest }: Props) {
  const { t } = useText()
  const releases = useReleases().data?.releases ?? []
  const numbers = new Set(releases.map(({ number }) => number))
  // One that is in the route, and not there, is shown as it is asked for.
  if (value !== undefined) numbers.add(value)
  return (
    <ChoiceSelect
      label={label}
      all={none}
      options={[...numbers].map((number) => ({ id: String(number), text: t('releases.name', { number }) }))}
      value={value === undefined ? undefined : String(value)}
      onChange={(id) => onChange(id === undefined ? undefined : Number(id))}
      {...rest}
    />
  )
}
