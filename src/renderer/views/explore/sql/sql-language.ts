import { sql, SQLite } from '@codemirror/lang-sql'
import { Prec } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import type { Value } from '../../../../contract/index.ts'

export type Schema = Value<'sql.schema'>['views']

/** SQLite's SQL over the names that can be selected, each with what it means. Ctrl or Cmd with Enter runs. */
export function sqlLanguage(schema: Schema, run: () => void): Extension {
  const names = sql({
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
  const runKey = {
    key: 'Mod-Enter',
    run: () => {
      run()
      return true
    },
  }
  return [names, Prec.high(keymap.of([runKey]))]
}
