import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { SchemaProblem } from '../../../ipc/client'
import { colours, look } from './editorTheme'
import { placeOf } from './schemaPlace'

type Props = {
  label: string
  /** How one works it and leaves it by the keyboard. */
  description: string
  value: string
  onChange: (value: string) => void
  problems: SchemaProblem[]
  isReadOnly: boolean
  isWrong: boolean
  'data-testid'?: string
}

/** The platform's own keys stay away from the editor, which has the same ones: Escape, undo, search. */
const OWN_KEYS = (event: KeyboardEvent) => event.stopPropagation()

/**
 * JSON as text. It lives in a shadow tree: there its styles need no `<style>` element, which the window's content security
 * policy forbids.
 */
export function SchemaEditor(props: Props) {
  const { label, description, value, onChange, problems, isReadOnly, isWrong, ...rest } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(null)
  const told = useRef(onChange)
  told.current = onChange
  const first = useRef(value)

  useEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true })
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          json(),
          colours,
          look,
          EditorView.lineWrapping,
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, 'aria-description': description }),
          // Escape, then Tab leaves the editor: that much is CodeMirror's own.
          keymap.of([...defaultKeymap, ...historyKeymap, ...(isReadOnly ? [] : [indentWithTab])]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current(update.state.doc.toString())
          }),
        ],
      }),
    })
    editor.current = view
    element.addEventListener('keydown', OWN_KEYS)
    return () => {
      first.current = view.state.doc.toString()
      element.removeEventListener('keydown', OWN_KEYS)
      view.destroy()
    }
  }, [label, description, isReadOnly])

  useEffect(() => {
    const view = editor.current
    if (!view || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const view = editor.current
    if (view) view.dispatch(setDiagnostics(view.state, problems.map(diagnosticIn(view.state))))
  }, [problems])

  return <div ref={host} className={isWrong ? 'schema-editor wrong' : 'schema-editor'} {...rest} />
}

const diagnosticIn =
  (state: EditorState) =>
  (problem: SchemaProblem): Diagnostic => ({ ...placeOf(state, problem), severity: 'error', message: problem.reason })
