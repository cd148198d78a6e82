import { dirname } from 'node:path'
import { valueText } from '../../model/config/toml-text.ts'
import type { TomlDifference } from '../../model/config/changes.ts'
import { fingerprintOf, hashOf, identityOf, type ConfigFile } from './config-file.ts'
import type { FileSystem } from './file-system.ts'
import { writeSafely } from './safe-write.ts'
import { addUndoRecord, removeUndoRecord, type UndoRecord } from './undo-record.ts'

export interface Recordable<T> {
  readonly file: ConfigFile
  readonly next: Buffer
  readonly differences: readonly TomlDifference[]
  readonly verify: (bytes: Buffer | null) => void
  readonly told: T & { readonly lines: string }
}

export interface Recording {
  readonly dataDir: string
  readonly fs: FileSystem
  readonly fix?: UndoRecord['fix']
}

/** Writes what was planned, and keeps what is needed to take it back. Nothing is written where nothing would change. */
export function writeRecorded<T>(
  { file, next, differences, verify, told }: Recordable<T>,
  { dataDir, fs, fix }: Recording,
): T & { readonly written: boolean; readonly backup: string | null } {
  const isSame = file.bytes === null ? next.length === 0 : file.bytes.equals(next)
  if (isSame) return { ...told, written: false, backup: null }
  const record: UndoRecord = {
    target: file.target,
    place: identityOf(dirname(file.path), fs),
    before: file.bytes?.toString('base64') ?? null,
    after: fingerprintOf(file.identity, next),
    written: hashOf(next),
    changes: differences.map(({ path, before, after }) => ({
      path: [...path],
      before: before === undefined ? null : valueText(before),
      after: after === undefined ? null : valueText(after),
    })),
    ...(fix === undefined ? {} : { fix }),
  }
  // First, so that whatever happens after the rename can be undone.
  addUndoRecord(dataDir, record)
  try {
    const backup = writeSafely({ file, lines: told.lines, next, verify, fs, nowMs: Date.now() })
    return { ...told, written: true, backup }
  } catch (error) {
    removeUndoRecord(dataDir, record)
    throw error
  }
}
