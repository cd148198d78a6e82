import { dirname } from 'node:path'
import { ProcedureError } from '../../contract/result.ts'
import { readConfigFile, type ConfigFile } from './config-file.ts'
import { makeFolder } from '../make-folder.ts'
import { isErrno, type FileSystem } from './file-system.ts'
import { lockWrites, temporaryFor } from './write-lock.ts'

export interface SafeWrite {
  /** As it was when the change was planned. */
  readonly file: ConfigFile
  /** For whoever writes the file, where it is not ours to write. */
  readonly lines: string
  /** Null takes the file away: it was not there before. */
  readonly next: Buffer | null
  /** Throws where the bytes that were read again are not what was planned. */
  readonly verify: (bytes: Buffer | null) => void
  readonly fs: FileSystem
  readonly nowMs: number
}

/**
 * Whoever reads the file at any moment, also after a crash, finds the old one or the new one, whole. Refuses with
 * `bad_request` when it has been changed since `file` was read. Between the last check and the rename lies a moment in which a
 * program that knows nothing of the lock may still write. Returns the backup's path.
 */
export function writeSafely(write: SafeWrite): string | null {
  const { file, lines, fs, nowMs } = write
  if (file.obstacle !== null)
    throw new ProcedureError('bad_request', `nothing was written: ${file.obstacle}\n\n${lines}`)
  try {
    makeFolder(dirname(file.target), fs)
    const temporary = temporaryFor(file.target)
    const unlock = lockWrites(file.target, temporary, fs, nowMs)
    try {
      return replace(write, temporary)
    } finally {
      fs.rmSync(temporary, { force: true })
      unlock()
    }
  } catch (error) {
    if (!isErrno(error) || error instanceof ProcedureError) throw error
    const byHand = isRefusal(error) ? `\n\n${lines}` : ''
    throw new ProcedureError('bad_request', `nothing was written: ${error.message}${byHand}`)
  }
}

/** Of the system, where what `obstacleOf` asked had let it pass. */
function isRefusal({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
}

function replace(write: SafeWrite, temporary: string): string | null {
  const { file, next, fs, nowMs } = write
  refuseWhenChanged(file, fs)
  const backup = file.bytes === null ? null : writeBackup(file, file.bytes, fs, nowMs)
  try {
    if (next !== null) writeNew(temporary, next, file, fs)
    refuseWhenChanged(file, fs)
    if (next === null) fs.rmSync(file.target)
    else fs.renameSync(temporary, file.target)
  } catch (error) {
    if (backup !== null) fs.rmSync(backup, { force: true })
    throw error
  }
  syncFolder(dirname(file.target), fs)
  verifyOrRestore(write, temporary)
  return backup
}

function refuseWhenChanged(file: ConfigFile, fs: FileSystem): void {
  if (readConfigFile(file.path, fs).fingerprint !== file.fingerprint) throw changedMeanwhile(file.path)
}

export function changedMeanwhile(path: string): ProcedureError {
  return new ProcedureError('bad_request', `${path} has changed in the meantime: nothing was written; try again`)
}

/** Beside the name that Codex reads, not beside a link's target, which may lie in a repository of dot files. */
function writeBackup(file: ConfigFile, bytes: Buffer, fs: FileSystem, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')
  for (let i = 0; ; i++) {
    const path = `${file.path}.${stamp}${i === 0 ? '' : `-${String(i)}`}.bak`
    try {
      writeNew(path, bytes, file, fs)
      return path
    } catch (error) {
      if (!isErrno(error) || error.code !== 'EEXIST') throw error
    }
  }
}

/** On disk when this returns, with the mode and, where it may, the owner of the file that it stands for. */
function writeNew(path: string, bytes: Buffer, like: ConfigFile, fs: FileSystem): void {
  const fd = fs.openSync(path, 'wx', 0o600)
  let isOpen = true
  try {
    fs.writeFileSync(fd, bytes)
    keepOwner(fd, like, fs)
    fs.fsyncSync(fd)
    isOpen = false
    fs.closeSync(fd)
  } catch (error) {
    if (isOpen) fs.closeSync(fd)
    fs.rmSync(path, { force: true })
    throw error
  }
}

/** A file that is new is its owner's alone: headers of exporters carry keys. */
function keepOwner(fd: number, { target, mode }: ConfigFile, fs: FileSystem): void {
  const old = fs.statSync(target, { throwIfNoEntry: false })
  const isOurs = old === undefined || (old.uid === process.getuid?.() && old.gid === process.getgid?.())
  try {
    if (!isOurs) fs.fchownSync(fd, old.uid, old.gid)
  } catch (error) {
    if (!isErrno(error) || !['EPERM', 'EINVAL', 'ENOSYS'].includes(error.code ?? '')) throw error
  }
  // After the owner: a change of owner takes set-id bits away.
  fs.fchmodSync(fd, mode ?? 0o600)
}

function verifyOrRestore({ file, verify, fs }: SafeWrite, temporary: string): void {
  try {
    verify(readConfigFile(file.path, fs).bytes)
  } catch (error) {
    if (file.bytes === null) fs.rmSync(file.target, { force: true })
    else {
      writeNew(temporary, file.bytes, file, fs)
      fs.renameSync(temporary, file.target)
    }
    const why = error instanceof Error ? error.message : String(error)
    throw new ProcedureError('internal', `the old file was put back, because what was read again was wrong: ${why}`)
  }
}

/** So that the rename itself outlasts a power cut; Windows, and some file systems, know no such thing for folders. */
function syncFolder(folder: string, fs: FileSystem): void {
  try {
    const fd = fs.openSync(folder, 'r')
    try {
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
