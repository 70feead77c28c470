import { CloudOff } from 'lucide-react'
import type { Axis } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { type Text, useText } from '../../../shared/text'
import { failureText } from './answers'
import { type Mark, NONE } from './axes'
import { useWhen, type When } from './when'

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
  const { t, time } = text
  const when = useWhen()
  const isNew = axis === null && isAsked
  const { icon: Icon, tone } = isNew ? NONE : mark
  return (
    <div className="axis" data-testid={`axis-${name}`} data-state={axis?.state}>
      <dt>{t(`world.axis.${name}`)}</dt>
      <dd>
        <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
          {isNew ? t('world.never') : words}
        </Badge>
        {axis && (
          <>
            <span className="small muted" title={time(axis.checkedAt)}>
              {[
                axis.state !== 'lookup_failed' && t('world.since', { since: when.since(axis.since) }),
                axis.failure === null && t('world.looked', { ago: when.ago(axis.checkedAt) }),
                next(text, when, axis.nextCheck),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {axis.failure !== null && (
              <span className="axis-note note" data-testid={`axis-${name}-failed`}>
                <CloudOff size={14} aria-hidden />
                <span className="wrap">
                  {t(axis.state === 'lookup_failed' ? 'world.failed.only' : 'world.failed', {
                    ago: when.ago(axis.checkedAt),
                    why: failureText(text, axis.failure),
                  })}
                </span>
              </span>
            )}
          </>
        )}
      </dd>
    </div>
  )
}

function next({ t }: Text, when: When, at: string | null) {
  if (at === null) return false
  return when.isPast(at) ? t('world.next.due') : t('world.next', { when: when.ago(at) })
}
