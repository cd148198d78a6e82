import { dirname, join } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../make-folder.ts'
import { findingKind } from '../../model/findings/finding.ts'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import { identityOf, type ConfigFile } from './config-file.ts'
import type { FileSystem } from './file-system.ts'

/** So many changes of a file can be undone, the last one first. */
const kept = 20

const value = z.string().nullable()
const record = z.object({
  /** The file that was written, and the folder of the config.toml that led to it: a link may be replaced by a file since. */
  target: z.string(),
  place: z.string().optional(),
  /** The whole file, base64; null where there was none. */
  before: value,
  /** Fingerprint of what was written. */
  after: z.string(),
  /** Hash of the bytes that were written. */
  written: z.string().optional(),
  /** Keys as paths, values as TOML; null where a key was absent. */
  changes: z.array(z.object({ path: z.array(z.string()), before: value, after: value })),
  /** Where a finding led to it. A rule has words of a command instead of keys. */
  fix: z
    .object({
      id: z.string(),
      kind: findingKind,
      subject: z.string(),
      atMs: z.number(),
      rule: z.array(z.string()).nullable(),
    })
    .optional(),
})
const records = z.array(record)

export type UndoRecord = z.infer<typeof record>

/** What was written, kept in the data folder: the configuration's own folder belongs to Codex. */
export function readUndoRecords(dataDir: string): readonly UndoRecord[] {
  try {
    return records.parse(JSON.parse(readOwnFile(join(dataDir, fileName)) ?? ''))
  } catch {
    // None yet, or of another version: the backups beside the file remain.
    return []
  }
}

/** The last change of this file, under whatever name; else the last one that was made through the same config.toml. */
export function lastUndoRecord(dataDir: string, file: ConfigFile, fs: FileSystem): UndoRecord | null {
  const all = readUndoRecords(dataDir)
  const place = identityOf(dirname(file.path), fs)
  const ofFile = all.findLast(({ target }) => identityOf(target, fs) === file.identity)
  return ofFile ?? all.findLast((each) => each.place === place) ?? null
}

export function addUndoRecord(dataDir: string, added: UndoRecord): void {
  const all = readUndoRecords(dataDir)
  const ofOthers = all.filter(({ target }) => target !== added.target)
  const ofThis = all.filter(({ target }) => target === added.target)
  write(dataDir, [...ofOthers, ...ofThis.slice(1 - kept), added])
}

export function removeUndoRecord(dataDir: string, { target, after }: UndoRecord): void {
  const all = readUndoRecords(dataDir)
  const last = all.findLastIndex((each) => each.target === target && each.after === after)
  write(
    dataDir,
    all.filter((_, i) => i !== last),
  )
}

const fileName = 'config-undo.json'

function write(dataDir: string, all: readonly UndoRecord[]): void {
  makeFolder(dataDir)
  writeOwnFile(join(dataDir, fileName), JSON.stringify(all))
}
