import { StreamLanguage } from '@codemirror/language'
import type { StreamParser } from '@codemirror/language'
import { toml } from '@codemirror/legacy-modes/mode/toml'
import { lintGutter } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
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

/** TOML, with what Codex's own keys are called. */
export const tomlLanguage: Extension = [
  EditorState.tabSize.of(2),
  lintGutter(),
  language,
  language.data.of({ autocomplete: completeOtel }),
]
