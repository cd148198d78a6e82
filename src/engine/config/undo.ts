import type { ConfigPlan, ConfigUndone } from '../../contract/config.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { TomlChange } from '../../model/config/changes.ts'
import { differenceLines } from '../../model/config/lines.ts'
import { keyText, valueText } from '../../model/config/toml-text.ts'
import { isTable, sameToml, valueAt, type KeyPath, type TomlValue } from '../../model/config/toml-value.ts'
import { maskValue, maskWords } from '../../model/config/mask.ts'
import { ruleText, withoutRule } from '../../model/findings/rule/rule-text.ts'
import { unifiedDiff } from '../../model/config/unified-diff.ts'
import { decode, hashOf, identityOf, readConfigFile, type ConfigFile } from './config-file.ts'
import type { FileSystem } from './file-system.ts'
import { planRules } from './fixes/plan-rules.ts'
import { planChanges, readBase } from './plan.ts'
import { writeSafely } from './safe-write.ts'
import { maskText } from './toml/mask-text.ts'
import { readToml } from './toml/read-toml.ts'
import { lastUndoRecord, removeUndoRecord, type UndoRecord } from './undo-record.ts'

export interface UndoOptions {
  readonly dataDir: string
  readonly preview: boolean
  readonly fs: FileSystem
  readonly nowMs: number
}

/**
 * Takes the last change back: the old bytes where nothing was changed since; else our keys alone, and of these only those that
 * still say what we wrote. A key that was absent becomes absent again.
 */
export function undoLast(file: ConfigFile, { dataDir, preview, fs, nowMs }: UndoOptions): ConfigUndone {
  const record = lastUndoRecord(dataDir, file, fs)
  if (record === null)
    throw new ProcedureError('not_found', `there is no change by Colophon in ${file.path} left to undo`)
  return undoRecord(file, record, { dataDir, preview, fs, nowMs })
}

/** The same for any change that is on record, also where others came after it. */
export function undoRecord(
  file: ConfigFile,
  record: UndoRecord,
  { dataDir, preview, fs, nowMs }: UndoOptions,
): ConfigUndone {
  const { told, next, verify, kept } = undoing(file, record)
  // A file that is gone holds nothing of ours: an empty one in its place would be a change.
  const isSame = file.bytes === null ? (next?.length ?? 0) === 0 : next !== null && file.bytes.equals(next)
  if (preview) return { ...told, written: false, backup: null, kept }
  if (isSame && standsElsewhere(file, record, fs))
    throw new ProcedureError(
      'bad_request',
      `nothing was written: what Colophon changed is in ${record.target}, which ${file.path} does not lead to any more; take it out there`,
    )
  const backup = isSame ? null : writeSafely({ file, lines: told.lines, next, verify, fs, nowMs })
  removeUndoRecord(dataDir, record)
  return { ...told, written: !isSame, backup, kept }
}

/** Whether the change is whole in the file that it was written to, and that is another one: a link leads elsewhere since. */
function standsElsewhere(file: ConfigFile, { target, written }: UndoRecord, fs: FileSystem): boolean {
  if (written === undefined || identityOf(target, fs) === file.identity) return false
  const { bytes } = readConfigFile(target, fs)
  return bytes !== null && hashOf(bytes) === written
}

function undoing(file: ConfigFile, record: UndoRecord): Undoing {
  const rule = record.fix?.rule ?? null
  if (isAsWritten(file, record)) return wholeFile(file, record, rule === null ? maskText : maskWords)
  return rule === null ? ownKeys(file, record) : ownRule(file, rule)
}

/** Also where a link has become a file since, with the same bytes in it. */
function isAsWritten({ bytes, fingerprint }: ConfigFile, { after, written }: UndoRecord): boolean {
  return fingerprint === after || (bytes !== null && written !== undefined && hashOf(bytes) === written)
}

interface Undoing {
  readonly told: ConfigPlan
  readonly next: Buffer | null
  readonly verify: (bytes: Buffer | null) => void
  readonly kept: string[]
}

function wholeFile(file: ConfigFile, record: UndoRecord, show: (text: string) => string): Undoing {
  const next = record.before === null ? null : Buffer.from(record.before, 'base64')
  const textOf = (bytes: Buffer | null): string => {
    const decoded = decode(bytes)
    return 'text' in decoded ? decoded.text : ''
  }
  const names = { before: file.target, after: next === null ? '/dev/null' : file.target }
  const told = {
    path: file.path,
    target: file.target,
    exists: file.bytes !== null,
    obstacle: file.obstacle,
    fingerprint: file.fingerprint,
    changes: record.changes.map(({ path, before, after }) => ({
      key: keyText(path),
      before: masked(path, after),
      after: masked(path, before),
    })),
    diff: unifiedDiff(textOf(file.bytes), textOf(next), names, show),
    lines: differenceLines(
      record.changes.map(({ path, before, after }) => ({ path, before: parsed(after), after: parsed(before) })),
    ),
    text: show(textOf(next)),
    flags: '',
    warnings: [],
  }
  const verify = (bytes: Buffer | null): void => {
    const isOld = next === null ? bytes === null : bytes?.equals(next) === true
    if (!isOld) throw new Error('the bytes are not the old ones')
  }
  return { told, next, verify, kept: [] }
}

/** The line of a rule where others have changed since; it stays where they have changed the line itself. */
function ownRule(file: ConfigFile, rule: readonly string[]): Undoing {
  const { told, next, verify } = planRules(file, (text) => withoutRule(text, rule) ?? text)
  return { told, next, verify, kept: told.diff === '' ? [ruleText(rule).trim()] : [] }
}

function ownKeys(file: ConfigFile, record: UndoRecord): Undoing {
  const base = readBase(file)
  const kept: string[] = []
  const changes: TomlChange[] = []
  for (const { path, before, after } of record.changes) {
    const now = valueAt(base.values, path)
    if (sameToml(now, parsed(after))) changes.push({ path, value: parsed(before) })
    else if (sameToml(now, parsed(before))) continue
    else kept.push(keyText(path))
  }
  const planned = planChanges(file, changes, base)
  const otel = valueAt(base.values, ['otel'])
  const isEmptied =
    !hadOtel(record) && isTable(otel) && otel.size === changes.filter(({ path }) => path[0] === 'otel').length
  // The table's header goes too, when it came with our keys and holds nothing else.
  const final = isEmptied ? planChanges(file, [{ path: ['otel'], value: undefined }], base) : planned
  return { told: final.told, next: final.next, verify: final.verify, kept }
}

function hadOtel({ before }: UndoRecord): boolean {
  const decoded = decode(before === null ? null : Buffer.from(before, 'base64'))
  const read = readToml('text' in decoded ? decoded.text : '')
  return !read.ok || read.values.has('otel')
}

function masked(path: KeyPath, text: string | null): string | null {
  const value = parsed(text)
  return value === undefined ? null : valueText(maskValue(path, value))
}

function parsed(text: string | null): TomlValue | undefined {
  if (text === null) return undefined
  const read = readToml(`value = ${text}\n`)
  return read.ok ? read.values.get('value') : undefined
}
