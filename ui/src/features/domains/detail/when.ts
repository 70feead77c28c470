import { useEffect, useMemo, useState } from 'react'
import { type IntlShape, useIntl } from 'react-intl'
import { useText } from '../../../shared/text'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TICK = MINUTE / 2

/** Times as people say them: how long ago, in how long, since when. They go on while one looks. */
export function useWhen() {
  const intl = useIntl()
  const { t } = useText()
  const now = useNow()
  return useMemo(
    () => ({
      /** `2 minutes ago`, `in 3 hours` */
      ago: (instant: string) => {
        const span = Date.parse(instant) - now
        if (Math.abs(span) < MINUTE) return t(span > 0 ? 'world.soon' : 'world.now')
        const [length, unit] =
          Math.abs(span) < HOUR ? [MINUTE, 'minute'] : Math.abs(span) < 2 * DAY ? [HOUR, 'hour'] : [DAY, 'day']
        return intl.formatRelativeTime(Math.round(span / Number(length)), unit as 'minute' | 'hour' | 'day')
      },
      /** The day; with the time of day where it is not long ago. */
      since: (instant: string) => moment(intl, instant, Math.abs(now - Date.parse(instant)) < 2 * DAY),
      day: (instant: string) => moment(intl, instant, false),
      isPast: (instant: string) => Date.parse(instant) <= now,
      /** Whole days until then; less than none where it is past. */
      days: (instant: string) => Math.trunc((Date.parse(instant) - now) / DAY),
    }),
    [intl, t, now],
  )
}

export type When = ReturnType<typeof useWhen>

function moment(intl: IntlShape, instant: string, withTime: boolean) {
  const time = withTime ? ({ hour: '2-digit', minute: '2-digit', hour12: false } as const) : {}
  return intl.formatDate(instant, { day: 'numeric', month: 'short', year: 'numeric', ...time })
}

function useNow() {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [])
  return now
}
