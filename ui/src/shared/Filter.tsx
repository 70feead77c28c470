import './filter.css'
import { Radio, RadioGroup } from 'react-aria-components'

type Props = {
  label: string
  options: { id: string; text: string }[]
  value: string
  onChange: (id: string) => void
}

/** One of a few, all of them in view. */
export function Filter({ label, options, value, onChange }: Props) {
  return (
    <RadioGroup className="filter" aria-label={label} orientation="horizontal" value={value} onChange={onChange}>
      {options.map(({ id, text }) => (
        <Radio key={id} value={id} className="filter-option" data-testid={`filter-${id}`}>
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}
