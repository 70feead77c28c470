import { useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import { useText } from '../../../shared/text'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TICK = MINUTE / 2
const RECENT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false } as const
const LONG_AGO = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** Times as people say them: how long ago, in how long, since when. They go on while one looks. */
export function useWhen() {
  const intl = useIntl()
  const { t } = useText()
  useTick()
  const now = Date.now()
  const day = (instant: string) => intl.formatDate(instant, LONG_AGO)
  return {
    /** `2 min ago`, `in 3 hr` */
    ago: (instant: string) => {
      const span = Date.parse(instant) - now
      if (Math.abs(span) < MINUTE) return t(span > 0 ? 'world.soon' : 'world.now')
      const [length, unit] = unitOf(Math.abs(span))
      return intl.formatRelativeTime(Math.round(span / length), unit, { style: 'short' })
    },
    /** The day; the time of day instead of the year where it is not long ago. */
    since: (instant: string) => (now - Date.parse(instant) < DAY ? intl.formatDate(instant, RECENT) : day(instant)),
    day,
    isPast: (instant: string) => Date.parse(instant) <= now,
    /** Whole days until then; less than none where it is past. */
    days: (instant: string) => Math.trunc((Date.parse(instant) - now) / DAY),
  }
}

function unitOf(span: number): [number, 'minute' | 'hour' | 'day'] {
  if (span < HOUR) return [MINUTE, 'minute']
  return span < 2 * DAY ? [HOUR, 'hour'] : [DAY, 'day']
}

function useTick() {
  const [, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), TICK)
    return () => clearInterval(timer)
  }, [])
}
