import type { IntlShape } from 'react-intl'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size for people: `48 kB`. */
export function bytes(intl: IntlShape, count: number): string {
  let value = count
  let step = 0
  while (value >= 1000 && step < UNITS.length - 1) {
    value /= 1000
    step += 1
  }
  const digits = value < 10 && step > 0 ? 1 : 0
  return intl.formatNumber(value, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  })
}

/** How names are put in order: as people do, numbers by value. */
export const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** What is searched for, in the form in which it is compared. A pasted URL stands for its host. */
export function needle(query: string): string {
  const text = query.trim().toLowerCase()
  const url = /^[a-z]+:\/\/([^/?#:]+)/.exec(text)
  return (url?.[1] ?? text).replace(/^www\./, '')
}
