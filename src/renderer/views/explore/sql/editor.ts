import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql, SQLite } from '@codemirror/lang-sql'
import { syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import type { Value } from '../../../../contract/index.ts'

export type Schema = Value<'sql.schema'>['views']

/** Classes by what the parser calls a piece, so that the stylesheet colours them for both themes. */
const classes: Readonly<Record<string, string>> = {
  keyword: 'sql-keyword',
  string: 'sql-string',
  number: 'sql-number',
  bool: 'sql-number',
  null: 'sql-number',
  comment: 'sql-comment',
  lineComment: 'sql-comment',
  blockComment: 'sql-comment',
}
const highlighting = syntaxHighlighting({
  style: (tags) => tags.map((tag) => classes[String(tag)]).find((name) => name !== undefined) ?? null,
})

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--faint)', border: 'none' },
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
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 10px', fontFamily: 'var(--font)', fontSize: '12px' },
})

/** The names that can be selected, each with what it means. */
function completions(schema: Schema): Extension {
  return sql({
    dialect: SQLite,
    upperCaseKeywords: true,
    schema: Object.fromEntries(
      schema.map(({ name, meaning, columns }) => [
        name,
        {
          self: { label: name, type: 'type', info: meaning },
          children: columns.map((column) => ({ label: column.name, type: 'property', info: column.meaning })),
        },
      ]),
    ),
  })
}

/** Tab is left alone: it leads out of the editor. Ctrl or Cmd with Enter runs. */
export function sqlExtensions(schema: Schema, run: () => void): Extension {
  return [
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          run()
          return true
        },
      },
    ]),
    lineNumbers(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    closeBrackets(),
    autocompletion(),
    completions(schema),
    highlighting,
    theme,
    placeholder('SELECT …'),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': 'SQL statement', spellcheck: 'false', autocapitalize: 'off' }),
  ]
}
