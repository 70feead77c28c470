import { Children, type ReactNode, useMemo } from 'react'
import { type IntlShape, useIntl } from 'react-intl'
import type { MessageId } from '../messages/en'
import { bytes } from './format'

type Plain = Record<string, string | number | boolean | null | undefined>

/** The texts of the catalogue, and numbers and times in words. */
export function useText() {
  const intl = useIntl()
  return useMemo(() => texts(intl), [intl])
}

export type Text = ReturnType<typeof texts>

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }

function texts(intl: IntlShape) {
  // Made once: lists ask them for every row.
  const numbers = new Intl.NumberFormat(intl.locale)
  const days = new Intl.DateTimeFormat(intl.locale, DAY)
  return {
    t: (id: MessageId, values?: Plain) => intl.formatMessage({ id }, values),
    rich: (id: MessageId, values: Record<string, ReactNode>) => Children.toArray(intl.formatMessage({ id }, values)),
    number: (value: number) => numbers.format(value),
    list: (items: string[]) => intl.formatList(items, { type: 'conjunction' }),
    richList: (items: ReactNode[]) => Children.toArray(intl.formatList(items, { type: 'conjunction' }) as ReactNode),
    /** A day, given as the database gives it: `2026-03-01`. */
    day: (date: string) => days.format(new Date(`${date}T00:00:00Z`)),
    /** The day of an instant, where people are. */
    moment: (instant: string) => intl.formatDate(instant, { day: 'numeric', month: 'short', year: 'numeric' }),
    time: (instant: string) =>
      intl.formatDate(instant, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hour12: false,
      }),
    bytes: (count: number) => bytes(intl, count),
  }
}
