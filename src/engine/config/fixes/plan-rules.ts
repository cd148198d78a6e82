import type { ConfigPlan } from '../../../contract/config.ts'
import { ProcedureError } from '../../../contract/result.ts'
import type { TomlDifference } from '../../../model/config/changes.ts'
import { maskWords } from '../../../model/config/mask.ts'
import { unifiedDiff } from '../../../model/config/unified-diff.ts'
import { decode, encode, type ConfigFile } from '../config-file.ts'

export interface PlannedRules {
  readonly file: ConfigFile
  readonly next: Buffer
  readonly text: string
  /** A file of rules has no keys. */
  readonly differences: readonly TomlDifference[]
  readonly told: ConfigPlan
  readonly verify: (bytes: Buffer | null) => void
}

/** What becomes of a file of rules, told as a plan for config.toml is. Writes nothing. */
export function planRules(file: ConfigFile, edit: (text: string) => string): PlannedRules {
  const decoded = decode(file.bytes)
  if (!('text' in decoded))
    throw new ProcedureError('bad_request', `${file.path}: nothing is written to it: ${decoded.message}`)
  const { text: before, hasMark } = decoded
  const text = edit(before)
  const next = file.bytes === null && text === '' ? Buffer.alloc(0) : encode({ text, hasMark })
  const verify = (bytes: Buffer | null): void => {
    if (bytes?.equals(next) !== true) throw new Error('the bytes are not those that were written')
  }
  const lines = text.split('\n').filter((line) => line !== '' && !before.split('\n').includes(line))
  const told: ConfigPlan = {
    path: file.path,
    target: file.target,
    exists: file.bytes !== null,
    obstacle: file.obstacle,
    fingerprint: file.fingerprint,
    changes: [],
    diff: unifiedDiff(
      before,
      text,
      { before: file.bytes === null ? '/dev/null' : file.target, after: file.target },
      maskWords,
    ),
    lines: lines.map((line) => `${maskWords(line)}\n`).join(''),
    text: maskWords(text),
    flags: '',
    warnings: [],
  }
  return { file, next, text, differences: [], told, verify }
}
