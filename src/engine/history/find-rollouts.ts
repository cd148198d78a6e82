import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { parseRolloutName, type RolloutName } from '../../model/codex/rollout/file-name.ts'

/** The folders of a Codex home that hold session files: dated ones below the first, all in one below the second. */
const folders = [
  { name: 'sessions', deepest: 3, archived: false },
  { name: 'archived_sessions', deepest: 0, archived: true },
] as const

const noFolder = 'this is a file, and no folder'

export interface FoundRollout {
  readonly path: string
  readonly name: RolloutName
  readonly archived: boolean
  readonly bytes: number
  readonly modifiedMs: number
  readonly inode: number
}

export interface FoundRollouts {
  /** Newest first. */
  readonly files: readonly FoundRollout[]
  /** Folders and files that could not be looked at, with the system's words. */
  readonly problems: readonly { readonly path: string; readonly words: string }[]
}

/**
 * The session files of a Codex home. Links are not followed below it, and only regular files are taken. Of one rollout that lies there
 * twice (Codex packs, unpacks and archives while we look) one counts.
 */
export function findRollouts(home: string): FoundRollouts {
  const found = new Map<string, FoundRollout>()
  const problems: { path: string; words: string }[] = isFile(home) ? [{ path: home, words: noFolder }] : []
  for (const { name, deepest, archived } of folders) {
    const root = join(home, name)
    for (const path of filesBelow(root, deepest, problems)) {
      const file = lookAt(path, archived, problems)
      const other = file === null ? undefined : found.get(file.name.rolloutId)
      if (file !== null && (other === undefined || isRather(file, other))) found.set(file.name.rolloutId, file)
    }
  }
  return { files: [...found.values()].sort(newestFirst), problems }
}

/** Of two files of one rollout, which one is read: the unpacked one, else the longer one, for they only grow. */
export function isRather(one: FoundRollout, other: FoundRollout): boolean {
  return one.name.packed === other.name.packed ? one.bytes > other.bytes : other.name.packed
}

function newestFirst(a: FoundRollout, b: FoundRollout): number {
  return b.modifiedMs - a.modifiedMs || (a.name.rolloutId < b.name.rolloutId ? 1 : -1)
}

function* filesBelow(
  folder: string,
  deepest: number,
  problems: { path: string; words: string }[],
): Generator<string, void> {
  let entries: Dirent[] = []
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    // A home without archived sessions is a home as any other, and a day's folder may go while we look.
    if (!isMissing(error)) problems.push({ path: folder, words: wordsOf(error) })
    else if (isFile(folder)) problems.push({ path: folder, words: noFolder })
    return
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isFile()) yield path
    else if (entry.isDirectory() && deepest > 0) yield* filesBelow(path, deepest - 1, problems)
    else if (entry.isSymbolicLink()) problems.push({ path, words: 'this is a link, which is not followed' })
  }
}

function lookAt(path: string, archived: boolean, problems: { path: string; words: string }[]): FoundRollout | null {
  const name = parseRolloutName(
    path
      .slice(path.lastIndexOf('/') + 1)
      .split('\\')
      .at(-1) ?? '',
  )
  if (name === null) return null
  try {
    const { size, mtimeMs, ino } = statSync(path)
    return { path, name, archived, bytes: size, modifiedMs: mtimeMs, inode: ino }
  } catch (error) {
    if (!isMissing(error)) problems.push({ path, words: wordsOf(error) })
    return null
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
