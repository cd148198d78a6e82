import { dirname, basename, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { ProcedureError } from '../../contract/result.ts'
import { UnfitFile } from '../regular-file.ts'
import { isErrno, type FileSystem } from './file-system.ts'

/** A write takes milliseconds: a lock older than this was left by a process that died. */
const abandonedAfterMs = 10_000

/** A name beside the target that nobody else has. */
export function temporaryFor(target: string): string {
  return `${target}.colophon-${randomBytes(6).toString('hex')}`
}

/** Of the names that `temporaryFor` makes for this target, and no other path that begins so. */
function isTemporaryOf(target: string, path: string): boolean {
  const name = basename(path)
  const start = `${basename(target)}.colophon-`
  const isOwnName = name.startsWith(start) && /^[0-9a-f]{12}$/.test(name.slice(start.length))
  return isOwnName && path === join(dirname(target), name)
}

/**
 * Two writers of this program exclude each other by a file that only one can make. It names the temporary file of its holder, so
 * that the next one can clear up after a crash. Others may write to the folder, so what it says is believed only as far as
 * it is one of our names. Returns what frees it.
 */
export function lockWrites(target: string, temporary: string, fs: FileSystem, nowMs: number): () => void {
  const lock = `${target}.colophon-lock`
  const take = (): void => {
    fs.writeFileSync(lock, temporary, { flag: 'wx', mode: 0o600 })
  }
  try {
    take()
  } catch (error) {
    if (!isErrno(error) || error.code !== 'EEXIST') {
      // Made, but not written: the disk is full.
      if (isErrno(error) && error.code === 'ENOSPC') fs.rmSync(lock, { force: true })
      throw error
    }
    clearAbandoned(target, lock, fs, nowMs)
    take()
  }
  return () => {
    fs.rmSync(lock, { force: true })
  }
}

function clearAbandoned(target: string, lock: string, fs: FileSystem, nowMs: number): void {
  const stat = fs.lstatSync(lock, { throwIfNoEntry: false })
  // Freed meanwhile.
  if (stat === undefined) return
  if (!stat.isFile()) throw notOurs(lock)
  // Of a clock that was set back since, it lies ahead.
  if (Math.abs(nowMs - stat.mtimeMs) < abandonedAfterMs)
    throw new ProcedureError('unavailable', 'another change is being written right now; try again')
  const left = readLock(lock, fs)
  if (isTemporaryOf(target, left) && fs.lstatSync(left, { throwIfNoEntry: false })?.isFile() === true)
    fs.rmSync(left, { force: true })
  fs.rmSync(lock, { force: true })
}

function readLock(lock: string, fs: FileSystem): string {
  try {
    return fs.readRegularFile(lock, { mostBytes: 8 * 1024, followsLinks: false }).bytes.toString()
  } catch (error) {
    if (error instanceof UnfitFile || (isErrno(error) && error.code === 'ELOOP')) throw notOurs(lock)
    throw error
  }
}

function notOurs(lock: string): ProcedureError {
  return new ProcedureError('bad_request', `${lock} is not Colophon's: nothing was written. Remove it, then try again.`)
}
