import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIntl } from 'react-intl'
import { describe, expect, it } from 'vitest'
import { messages } from './en'

const SRC = join(import.meta.dirname, '..')
const bindings = readFileSync(join(SRC, 'ipc/bindings.ts'), 'utf8')

/** The tags of a type of the engine, as the generated bindings have them. */
function tags(type: string, tag: string): string[] {
  const start = bindings.indexOf(`export type ${type} =`)
  const next = bindings.indexOf('export type ', start + 1)
  const definition = bindings.slice(start, next === -1 ? undefined : next)
  return [...definition.matchAll(new RegExp(`\\b${tag}: ["'](\\w+)["']`, 'g'))].map(([, name = '']) => name)
}

const texts: Record<string, string> = messages

describe('the message catalogue', () => {
  it.each([
    ['AppError', 'code', (code: string) => [`error.${code}.title`, `error.${code}.text`]],
    ['Rule', 'code', (code: string) => [`rule.${code}`]],
    ['Refusal', 'why', (why: string) => [`refusal.${why}`]],
    ['NotAPlatform', 'found', (found: string) => [`found.${found}`]],
    ['Change', 'change', (change: string) => [`change.${change}`]],
    ['Finding', 'finding', (finding: string) => [`finding.${finding}`]],
    ['Evidence', 'evidence', (evidence: string) => [`evidence.${evidence}`]],
  ] as const)('has a text for every %s', (type, tag, ids) => {
    const known = tags(type, tag)
    expect(known.length).toBeGreaterThan(2)
    expect(known.flatMap(ids).filter((id) => !texts[id])).toEqual([])
  })

  it('holds nothing that is not ICU message format', () => {
    const failures: unknown[] = []
    const intl = createIntl({ locale: 'en-GB', messages, onError: (error) => failures.push(error) })
    for (const [id, text] of Object.entries(messages)) {
      const values = [...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 1])
      intl.formatMessage({ id }, Object.fromEntries(values))
    }
    expect(failures).toEqual([])
  })

  it('holds no text that nobody shows', () => {
    const source = sources(SRC)
    /** `change.${…}` in the source stands for every text that begins so. */
    const prefixes = [...source.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix = '']) => prefix)
    const unused = Object.keys(messages).filter(
      (id) => !source.includes(`'${id}'`) && !prefixes.some((prefix) => id.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('messages') && !name.includes('.test.'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}
