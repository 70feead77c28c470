import { CloudOff } from 'lucide-react'
import type { Axis } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { useText } from '../../../shared/text'
import { failureText } from './answers'
import { type Mark, NONE } from './axes'
import { useWhen } from './when'

type Props = {
  name: 'ownership' | 'routing' | 'certificate'
  axis: Axis<string> | null
  mark: Mark
  words: string
  /** Whether anybody would look at all. */
  isAsked: boolean
}

/** One axis: how it is, since when, when it was looked at and will be. A look that failed is told beside what was known. */
export function AxisLine({ name, axis, mark, words, isAsked }: Props) {
  const text = useText()
  const { t } = text
  const isNew = axis === null && isAsked
  const { icon: Icon, tone } = isNew ? NONE : mark
  return (
    <div className="axis" data-testid={`axis-${name}`} data-state={axis?.state}>
      <dt>{t(`world.axis.${name}`)}</dt>
      <dd>
        <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
          {isNew ? t('world.never') : words}
        </Badge>
        {axis && <Times axis={axis} />}
        {axis && axis.failure !== null && (
          <span className="axis-note note" data-testid={`axis-${name}-failed`}>
            <CloudOff size={14} aria-hidden />
            <span className="wrap">
              {t(axis.state === 'lookup_failed' ? 'world.failed.only' : 'world.failed', {
                why: failureText(text, axis.failure),
                when: text.time(axis.seenAt),
              })}
            </span>
          </span>
        )}
      </dd>
    </div>
  )
}

/** Under the headings of the strip; where it is narrow, with words of their own. */
function Times({ axis: { state, since, checkedAt, nextCheck } }: { axis: Axis<string> }) {
  const { t, time } = useText()
  const when = useWhen()
  return (
    <span className="axis-times small muted">
      <span title={time(since)}>
        {state !== 'lookup_failed' && (
          <>
            <span className="axis-word">{t('world.since')} </span>
            {when.since(since)}
          </>
        )}
      </span>
      <span title={time(checkedAt)}>
        <span className="axis-word">{t('world.looked')} </span>
        {when.ago(checkedAt)}
      </span>
      {nextCheck !== null && (
        <span title={time(nextCheck)}>
          <span className="axis-word">{t('world.next')} </span>
          {when.isPast(nextCheck) ? t('world.next.due') : when.ago(nextCheck)}
        </span>
      )}
    </span>
  )
}
