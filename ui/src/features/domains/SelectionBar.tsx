import { ArrowRightLeft } from 'lucide-react'
import { Button } from '../../shared/Button'
import { CopyButton } from '../../shared/SqlText'
import { useText } from '../../shared/text'
import { useDomainActions } from './actions'
import { forgetChosen } from './chosen'

type Props = {
  chosen: ReadonlySet<string>
  /** So many of them the search finds; unknown for a moment. */
  within: number | undefined
  matching: number
  total: number
  onAll: () => void
}

/** Exactly what is selected, and what can be done with it. */
export function SelectionBar({ chosen, within, matching, total, onAll }: Props) {
  const { t } = useText()
  const actions = useDomainActions()
  const count = chosen.size
  if (count === 0) return null
  const words = () => {
    if (within === undefined) return t('domains.selected.looking', { count })
    if (within < count) return t('domains.selected.outside', { count, outside: count - within, match: matching, total })
    return t(matching < total ? 'domains.selected.match' : 'domains.selected.all', { count, match: matching, total })
  }
  return (
    <section className="choice-bar" aria-label={t('choice.bar')} data-testid="choice-bar">
      <span className="choice-words" role="status" data-testid="choice-words">
        {words()}
      </span>
      {within !== undefined && within < matching && (
        <Button onPress={onAll} data-testid="choice-all">
          {t('domains.select.all', { count: matching })}
        </Button>
      )}
      <Button icon={<ArrowRightLeft size={14} />} onPress={() => actions.move([...chosen])} data-testid="choice-move">
        {t('domains.move')}
      </Button>
      <CopyButton label={t('domains.copy')} text={() => [...chosen].join('\n')} />
      <Button variant="quiet" onPress={forgetChosen} data-testid="choice-clear">
        {t('domains.select.none')}
      </Button>
    </section>
  )
}
