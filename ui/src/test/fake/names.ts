import type { DomainName, Problem, Rewrite, Rule } from '../../ipc/client'

/** A coarse stand-in for the engine's rules: enough to show every kind of answer, never a second truth. */
export const problem = (field: string, value: string, rule: Rule, suggestion: string | null = null): Problem => ({
  field,
  value,
  rule,
  suggestion,
})

export function normalise(field: string, input: string): DomainName | Problem {
  const text = input.trim()
  const refuse = (code: 'domain_url' | 'domain_port' | 'domain_wildcard' | 'domain_underscore', suggestion: string) =>
    problem(field, input, { code }, suggestion)
  if (text === '') return problem(field, input, { code: 'required' })
  const url = /^[a-z]+:\/\/([^/:]+)/i.exec(text)
  if (url?.[1]) return refuse('domain_url', url[1].toLowerCase())
  if (/:\d*$/.test(text)) return refuse('domain_port', text.replace(/:\d*$/, ''))
  if (text.startsWith('*.')) return refuse('domain_wildcard', text.slice(2))
  if (text.includes('_')) return refuse('domain_underscore', text.replaceAll('_', '-'))
  const rewrites: Rewrite[] = []
  const step = (rewrite: Rewrite, before: string, after: string) => {
    if (before !== after) rewrites.push(rewrite)
    return after
  }
  let host = step('blanks', input, text)
  host = step('trailing_dot', host, host.replace(/\.$/, ''))
  host = step('lower_case', host, host.toLowerCase())
  const unicode = host.replace(/^www\./, '')
  let ascii = host
  try {
    ascii = new URL(`http://${host}`).hostname
  } catch {
    return problem(field, input, { code: 'domain_characters' })
  }
  host = step('ascii', host, ascii)
  const stored = step('www', host, host.replace(/^www\./, ''))
  const development = stored === 'localhost' || stored.endsWith('.localhost') || /^\d+(\.\d+){3}$/.test(stored)
  if (!development && !stored.includes('.')) return problem(field, input, { code: 'domain_single_label' })
  if (stored === 'co.uk' || stored === 'com') return problem(field, input, { code: 'domain_public_suffix' })
  return { stored, unicode, kind: development ? 'development' : 'public', rewrites }
}

export const isProblem = (of: DomainName | Problem): of is Problem => 'rule' in of

export function suggestSchema(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '')
  const words = plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^\d/.test(words) ? `tenant_${words}` : words.slice(0, 63)
}

export function schemaProblem(schema: string, existing: string[]): Problem | null {
  const suggestion = suggestSchema(schema) || null
  if (schema === '') return problem('schema', schema, { code: 'required' })
  if (!/^[A-Za-z0-9_]+$/.test(schema)) return problem('schema', schema, { code: 'schema_characters' }, suggestion)
  if (!/^[A-Za-z]/.test(schema)) return problem('schema', schema, { code: 'schema_start' }, suggestion)
  if (schema.length < 2) return problem('schema', schema, { code: 'too_short', min: 2 })
  const twin = existing.find((other) => other !== schema && other.toLowerCase() === schema.toLowerCase())
  return twin ? problem('schema', schema, { code: 'schema_collides', existing: twin }) : null
}
