import type { Text } from '../../shared/text'

/** What a column begins with where it is left out: the value itself where it is a plain one, and otherwise in words. */
export type Start = { value: string } | { words: string }

const LITERAL = /^'((?:[^']|'')*)'(?:::.+)?$/
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** Reads the expression as PostgreSQL prints it: `'free'::character varying`, `0`, `now()`. */
export function startsAs(t: Text['t'], expression: string | null): Start {
  if (expression === null || /^NULL(::|$)/.test(expression)) return { words: t('form.start.empty') }
  const literal = LITERAL.exec(expression)?.[1]?.replaceAll("''", "'")
  if (literal !== undefined) return literal === '' ? { words: t('form.start.empty') } : { value: literal }
  if (NUMBER.test(expression) || expression === 'true' || expression === 'false') return { value: expression }
  if (/^(now\(\)|CURRENT_TIMESTAMP|LOCALTIMESTAMP)$/i.test(expression)) return { words: t('form.start.now') }
  if (/^CURRENT_DATE$/i.test(expression)) return { words: t('form.start.today') }
  if (/^gen_random_uuid\(\)$/.test(expression)) return { words: t('form.start.uuid') }
  return { words: expression }
}

const LISTED = /^\(+"?[^"()]+"?\)*(?:::[\w ]+)?\s*=\s*ANY\s*\(+ARRAY\[(.+)\][)\w\s:[\]]*$/
const ITEM = /'((?:[^']|'')*)'/g

/** The values that a rule of the table lists for one column (`plan IN ('free', 'team')`), as PostgreSQL prints it. */
export function listedBy(rule: string): string[] | null {
  const items = LISTED.exec(rule)?.[1]
  const values = [...(items ?? '').matchAll(ITEM)].map(([, value = '']) => value.replaceAll("''", "'"))
  return values.length > 0 ? values : null
}
