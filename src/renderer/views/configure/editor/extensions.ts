import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import type { StreamParser } from '@codemirror/language'
import { toml } from '@codemirror/legacy-modes/mode/toml'
import { lintGutter } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { completeOtel } from './completion.ts'

const mode = toml as StreamParser<unknown>

/** The mode takes a table's head and a boolean for the same kind of thing; here they look different. */
const language = StreamLanguage.define({
  ...mode,
  token(stream, state) {
    const style = mode.token(stream, state)
    return style === 'atom' && stream.current().startsWith('[') ? 'heading' : style
  },
})

/** Classes by what the parser calls a piece, so that the stylesheet colours them for both themes. */
const classes: Readonly<Record<string, string>> = {
  heading: 'toml-table',
  propertyName: 'toml-key',
  string: 'toml-string',
  number: 'toml-plain',
  atom: 'toml-plain',
  comment: 'toml-comment',
}
const highlighting = syntaxHighlighting({
  style: (tags) => tags.map((tag) => classes[String(tag)]).find((name) => name !== undefined) ?? null,
})

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 16px 0 6px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 8px 0 0' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '11.5px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 10px', lineHeight: '20px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 10px', fontFamily: 'var(--font)', fontSize: '12px' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-diagnostic': { padding: '4px 10px', fontFamily: 'var(--font)', fontSize: '12px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--error)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--wait)' },
  '.cm-changedLine, &.cm-merge-b .cm-changedLine': {
    backgroundColor: 'color-mix(in srgb, var(--tool) 13%, transparent)',
  },
  '.cm-deletedChunk, &.cm-merge-b .cm-deletedChunk': {
    backgroundColor: 'color-mix(in srgb, var(--error) 12%, transparent)',
    paddingLeft: '6px',
  },
  '.cm-deletedLine, .cm-deletedLine del': { textDecoration: 'none' },
  '.cm-changeGutter': { width: '3px' },
  '.cm-changedLineGutter, &.cm-merge-b .cm-changedLineGutter': { background: 'var(--tool)' },
  '.cm-deletedLineGutter': { background: 'var(--error)' },
})

/** Tab is left alone: it leads out of the editor, as it does out of every other field. */
export function editorExtensions(label: string, separator: string): Extension {
  return [
    EditorState.lineSeparator.of(separator),
    EditorState.tabSize.of(2),
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    closeBrackets(),
    autocompletion({ override: [completeOtel] }),
    language,
    highlighting,
    theme,
    placeholder('# nothing here yet'),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
  ]
}
