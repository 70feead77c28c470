import type { Job } from '../../ipc/client'
import type { Text } from '../../shared/text'

/** How fast a job goes, and how long it takes yet at that rate. Nothing is guessed before two items are done. */
export function timeLeft({ t }: Text, { rate, total, done, failed }: Job): string | null {
  if (rate === null || rate <= 0) return null
  const pace = t('jobs.rate', { rate: Math.round(rate * 10) / 10 })
  const seconds = Math.ceil((60 * (total - done - failed)) / rate)
  if (seconds <= 0) return pace
  return `${pace}, ${inWords(t, seconds)}`
}

function inWords(t: Text['t'], seconds: number): string {
  if (seconds < 60) return t('jobs.left.seconds', { seconds })
  if (seconds < 5400) return t('jobs.left.minutes', { minutes: Math.round(seconds / 60) })
  return t('jobs.left.hours', { hours: Math.round(seconds / 3600) })
}
