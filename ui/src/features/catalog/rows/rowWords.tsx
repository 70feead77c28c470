import { Box, Folder, Tag } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RowDifference, RowKey } from '../../../ipc/client'
import type { Text } from '../../../shared/text'
import { fieldName } from './fields'

const ICONS = { category: Folder, atom: Box, version: Tag }

/** Which of the three tables a row is of, as a sign. */
export function PartIcon({ row: { part } }: { row: RowKey }) {
  const Icon = ICONS[part]
  return <Icon size={14} aria-hidden className="part-icon" />
}

/** A row with what it is: *version 2.0 of webhook*. */
export const rowTitle = ({ t }: Pick<Text, 't'>, { part, key, version = '' }: RowKey) =>
  t(`catalog.row.${part}`, { key, version })

/** In what two releases differ in one row, in a sentence. */
export function sentence(text: Text, { row, kind, fields }: RowDifference): ReactNode {
  const { rich, list } = text
  const { part, key, version = '' } = row
  const active = fields.length === 1 && fields[0]?.field === 'isActive' ? String(fields[0].after === 'true') : 'same'
  const values = { kind, active, fields: list(fields.map(({ field }) => fieldName(text, field).toLowerCase())) }
  const bold = (name: string) => <bdi className="strong selectable">{name}</bdi>
  return rich(`catalog.differs.${part}`, { ...values, key: bold(key), version: bold(version) })
}

/** The same for search. */
export const haystack = ({ row, fields }: Pick<RowDifference, 'row' | 'fields'>) =>
  [row.key, row.version, ...fields.flatMap(({ before, after }) => [before, after])].join('\n').toLowerCase()
