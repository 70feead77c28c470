import type { Text } from './text'

const KNOWN = ['seats_allowed', 'project_cap', 'admin_name', 'admin_email'] as const

/** A column of the tenant table in words, where it is one of the usual ones. */
export function columnLabel(t: Text['t'], column: string): string {
  const known = KNOWN.find((name) => name === column)
  return known ? t(`column.${known}`) : column
}
