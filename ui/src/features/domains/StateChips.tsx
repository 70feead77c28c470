import { ToggleButton } from 'react-aria-components'
import type { DomainCounts } from '../../ipc/client'
import { useText } from '../../shared/text'
import { hasWord, STATES, toggleWord, withoutStates } from './searchWords'

type Props = { counts: DomainCounts | undefined; text: string; onText: (text: string) => void }

/** How many domains are in each state, each a word of the search away. */
export function StateChips({ counts, text, onText }: Props) {
  const { t } = useText()
  const count = (state: string) => counts?.states.find((known) => known.state === state)?.count ?? 0
  const shown = STATES.filter((state) => count(state) > 0 || hasWord(text, `state:${state}`))
  const isAll = withoutStates(text) === text.trim()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className="chips" role="group" aria-label={t('domains.filter')}>
      <ToggleButton
        className="chip"
        isSelected={isAll}
        onChange={() => onText(withoutStates(text))}
        data-testid="state-all"
      >
        {counts ? t('domains.filter.all', { count: counts.total }) : t('domains.by.all')}
      </ToggleButton>
      {shown.map((state) => (
        <ToggleButton
          key={state}
          className="chip"
          isSelected={hasWord(text, `state:${state}`)}
          onChange={() => onText(toggleWord(text, `state:${state}`))}
          data-testid={`state-${state}`}
        >
          {t('domains.filter.state', { state: t(`domain.state.${state}`), count: count(state) })}
        </ToggleButton>
      ))}
    </div>
  )
}
