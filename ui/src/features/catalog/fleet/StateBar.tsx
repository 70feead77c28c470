import { ToggleButton } from 'react-aria-components'
import { COPY_STATES } from '../../../app/search'
import type { CopyState, TenantCopy } from '../../../ipc/client'
import { useText } from '../../../shared/text'
import { ICONS, TONES } from './CopyMark'

type Props = {
  tenants: TenantCopy[]
  value: CopyState | undefined
  onChange: (state: CopyState | undefined) => void
}

/** How many tenants are in each state. Each is a filter. */
export function StateBar({ tenants, value, onChange }: Props) {
  const { t, number } = useText()
  const counts = new Map<CopyState, number>()
  for (const { state } of tenants) counts.set(state, (counts.get(state) ?? 0) + 1)
  const shown = COPY_STATES.filter((state) => counts.has(state) || state === value)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className="states" role="group" aria-label={t('fleet.states')}>
      <ToggleButton
        className="state-chip"
        isSelected={value === undefined}
        onChange={() => onChange(undefined)}
        data-testid="state-all"
      >
        {t('fleet.state.all')} <strong>{number(tenants.length)}</strong>
      </ToggleButton>
      {shown.map((state) => {
        const Icon = ICONS[state]
        return (
          <ToggleButton
            key={state}
            className={`state-chip badge ${TONES[state]}`}
            isSelected={value === state}
            onChange={() => onChange(value === state ? undefined : state)}
            data-testid={`state-${state}`}
          >
            <Icon size={14} aria-hidden />
            <span>{t(`fleet.state.${state}`)}</span>
            <strong>{number(counts.get(state) ?? 0)}</strong>
          </ToggleButton>
        )
      })}
    </div>
  )
}
