import { useQuery } from '@tanstack/react-query'
import { type AttributeColumn, type CreateTenant, call, commands } from '../../ipc/client'
import { listedBy } from './startsAs'

export type ColumnRules = {
  /** Columns for which no value is known to begin with. */
  needed: string[]
  /** The values that a column may have, where a rule of the table lists them. */
  choices: Record<string, string[]>
}

const NONE: ColumnRules = { needed: [], choices: {} }
const isText = ({ column, dataType }: AttributeColumn) =>
  column !== 'admin_email' && (dataType === 'text' || dataType.startsWith('character'))

/**
 * What the engine's check says of a request that gives nothing, and of one that gives every text a value that no list of
 * choices has: which columns are needed, and which values their rules list.
 */
export function useColumnRules(columns: AttributeColumn[]): ColumnRules {
  const texts = columns.filter(isText).map(({ column }) => column)
  const query = useQuery({
    queryKey: ['column-rules', texts],
    queryFn: async (): Promise<ColumnRules> => {
      const [blank, odd] = await Promise.all([problemsOf([]), problemsOf(texts)])
      const needed = blank.filter(({ rule }) => rule.code === 'required').map(({ field }) => field)
      const lists = odd.flatMap(({ field, rule }) => {
        const listed = rule.code === 'attribute_check' ? listedBy(rule.rule) : null
        return listed ? [[columnOf(field), listed] as const] : []
      })
      return { needed: needed.filter(isAttribute).map(columnOf), choices: Object.fromEntries(lists) }
    },
    enabled: columns.length > 0,
  })
  return query.data ?? NONE
}

const PREFIX = 'attributes.'
const isAttribute = (field: string) => field.startsWith(PREFIX)
const columnOf = (field: string) => field.slice(PREFIX.length)

async function problemsOf(texts: string[]) {
  const request: CreateTenant = {
    name: '',
    schema: '',
    primaryDomain: '',
    aliases: [],
    attributes: texts.map((column) => ({ column, value: '?' })),
    onTakenAlias: 'skip',
  }
  return (await call(commands.checkTenant(request))).problems
}
