import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { theme } from './theme.ts'

/** Classes by what the parser of a language calls a piece, so that the stylesheet colours them for both themes. */
const classes: Readonly<Record<string, string>> = {
  heading: 'code-word',
  keyword: 'code-word',
  propertyName: 'code-name',
  string: 'code-string',
  number: 'code-value',
  bool: 'code-value',
  null: 'code-value',
  atom: 'code-value',
  comment: 'code-comment',
  lineComment: 'code-comment',
  blockComment: 'code-comment',
}
const highlighting = syntaxHighlighting({
  style: (tags) => tags.map((tag) => classes[String(tag)]).find((name) => name !== undefined) ?? null,
})

/** What every editor is. Tab is left alone: it leads out of the editor, as it does out of every other field. */
export function codeSetup(label: string, hint: string): Extension {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    closeBrackets(),
    autocompletion(),
    highlighting,
    theme,
    placeholder(hint),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
  ]
}
