import { jsonLanguage } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import type { MasterAtom, MasterCatalog, MasterVersion } from '../../../ipc/client'
import { draftOf, editOf, slugOf, versionLike, versionProblems } from './draft'
import { placeOf } from './schemaPlace'
import { newestFirst, nextVersion } from './versions'

const version = (name: string): MasterVersion => ({
  version: name,
  releaseDate: '2026-03-01',
  releaseNotes: '',
  configSchema: '{"type":"object","properties":{}}',
  isActive: true,
})
const ATOM: MasterAtom = {
  slug: 'mail',
  name: 'Mail',
  description: '',
  category: 'Data',
  versions: ['1.0', '1.9', '1.10'].map(version),
}
const CATALOG: MasterCatalog = { categories: [{ name: 'Data', description: '' }], atoms: [ATOM] }

describe('a draft', () => {
  it('that was not touched changes nothing, however its schemas are laid out', () => {
    expect(editOf(draftOf(ATOM), ATOM, CATALOG)).toBeNull()
  })

  it('does not send a version that is to go, even where it was changed before', () => {
    const draft = draftOf(ATOM)
    const versions = draft.versions.map((of) => (of.version === '1.0' ? { ...of, releaseNotes: 'Old.' } : of))
    const edit = editOf({ ...draft, versions, removed: ['1.0'] }, ATOM, CATALOG)
    expect(edit).toEqual({ categories: [], atoms: [], removeVersions: [{ slug: 'mail', version: '1.0' }] })
  })

  it('finds the problems of a version by its place among those that are sent', () => {
    const draft = draftOf(ATOM)
    const versions = draft.versions.map((of) => (of.version === '1.10' ? of : { ...of, isActive: false }))
    const [untouched, first, second] = versions
    const problem = {
      field: 'atoms[0].versions[1].releaseDate',
      value: '',
      rule: { code: 'required' as const },
      suggestion: null,
    }
    const of = (id = 0) => versionProblems({ ...draft, versions }, id, [problem], 'releaseDate')
    expect([of(untouched?.id), of(first?.id), of(second?.id)]).toEqual([[], [], [problem]])
  })
})

it('versions are in the order of their numbers', () => {
  expect(newestFirst(ATOM.versions).map((of) => of.version)).toEqual(['1.10', '1.9', '1.0'])
})

it.each([
  ['1.9', '1.10'],
  ['2', '3'],
  ['1.0-beta', '1.1-beta'],
  ['latest', 'latest.1'],
])('after %s comes %s', (from, to) => {
  expect(nextVersion(from)).toBe(to)
})

it('a version that is made from another takes the next number that is free', () => {
  expect(versionLike(version('1.9'), ATOM.versions).version).toBe('1.11')
})

it.each([
  ['Résumé  Reader (PDF)', 'resume-reader-pdf'],
  ['  send_mail ', 'send-mail'],
  ['邮件', ''],
])('the slug of %j is %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

describe('a problem of a schema stands', () => {
  const TEXT = '{\n  "items": [{}, {"type": "integr"}],\n  "a/b": {"~": 1}\n}'
  const state = EditorState.create({ doc: TEXT, extensions: [jsonLanguage] })
  const at = (pointer: string, line: number | null = null, column: number | null = null) => {
    const { from, to } = placeOf(state, { pointer, line, column, reason: '' })
    return TEXT.slice(from, to)
  }

  it('at the value that its pointer names', () => {
    expect(at('/items/1/type')).toBe('"integr"')
    expect(at('/a~1b/~0')).toBe('1')
  })

  it('at the nearest there is, where the pointer leads nowhere', () => {
    expect(at('/items/1/nothing')).toBe('{"type": "integr"}')
    expect(at('')).toBe('{')
  })

  it('at its line and column, and under something where the line has ended', () => {
    expect(at('', 2, 3)).toBe('"items": [{}, {"type": "integr"}],')
    expect(at('', 4, 9)).toBe('}')
    expect(at('', 99, 1)).toBe('}')
  })
})
