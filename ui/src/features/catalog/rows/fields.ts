import type { FieldDifference } from '../../../ipc/client'
import { catalogFields } from '../../../messages/catalogRows'
import type { Text } from '../../../shared/text'

type Known = keyof typeof catalogFields
const isKnown = (id: string): id is Known => Object.hasOwn(catalogFields, id)

/** A field in words. One that only a newer version knows is shown as it is. */
export function fieldName({ t }: Pick<Text, 't'>, field: string): string {
  const id = `catalog.field.${field}`
  return isKnown(id) ? t(id) : field
}

/** What a field holds, as people read it. */
export function valueWords({ t }: Pick<Text, 't'>, field: string, value: string): string {
  if (field === 'isActive') return t(value === 'true' ? 'catalog.version.active' : 'catalog.version.inactive')
  return field === 'configSchema' ? pretty(value) : value
}

/** Long texts and documents are compared line by line. */
export const isLong = ({ before, after }: FieldDifference) =>
  [before, after].some((value) => value !== null && (value.length > 60 || /[\n{[]/.test(value)))

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
