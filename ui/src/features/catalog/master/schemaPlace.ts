import { ensureSyntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SchemaProblem } from '../../../ipc/client'

type Place = { from: number; to: number }
type SyntaxNode = NonNullable<ReturnType<typeof ensureSyntaxTree>>['topNode']

/** Where in the text a problem is: at its line, or at the value that its pointer names. */
export function placeOf(state: EditorState, { pointer, line, column }: SchemaProblem): Place {
  const { doc } = state
  if (line !== null) {
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
    const from = Math.min(at.from + Math.max((column ?? 1) - 1, 0), at.to)
    // A mark needs something to stand under.
    return from < at.to ? { from, to: at.to } : { from: at.from, to: at.to }
  }
  const tree = ensureSyntaxTree(state, doc.length, 200)
  const root = tree?.topNode.firstChild
  const found = root && follow(state, root, stepsOf(pointer))
  if (!found) return { from: 0, to: doc.line(1).to }
  // Of a whole object, its first line is enough.
  return { from: found.from, to: Math.min(found.to, doc.lineAt(found.from).to) }
}

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value that some steps lead to, or the last one on the way. */
function follow(state: EditorState, from: SyntaxNode, steps: string[]): SyntaxNode {
  let node = from
  for (const step of steps) {
    const next = node.name === 'Array' ? elementAt(node, Number(step)) : propertyOf(state, node, step)
    if (!next) return node
    node = next
  }
  return node
}

const isValue = ({ name }: SyntaxNode) => /^(Object|Array|String|Number|True|False|Null)$/.test(name)

function* children(node: SyntaxNode) {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child
}

const elementAt = (node: SyntaxNode, index: number) => [...children(node)].filter(isValue)[index]

function propertyOf(state: EditorState, node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const property of children(node)) {
    const key = property.getChild('PropertyName')
    if (key && nameOf(state.sliceDoc(key.from, key.to)) === name) return [...children(property)].find(isValue)
  }
  return undefined
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
