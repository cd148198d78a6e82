import { ProcedureError } from '../../contract/result.ts'
import { isErrno, type FileSystem } from './file-system.ts'

/** A write takes milliseconds: a lock older than this was left by a process that died. */
const abandonedAfterMs = 10_000

/**
 * Two writers of this program exclude each other by a file that only one can make. It names the temporary file of its holder, so
 * that the next one can clear up after a crash. Returns what frees it.
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
    const heldSince = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (nowMs - heldSince < abandonedAfterMs)
      throw new ProcedureError('unavailable', 'another change is being written at this moment; try again')
    const left = fs.readFileSync(lock, 'utf8')
    if (left.startsWith(`${target}.colophon-`)) fs.rmSync(left, { force: true })
    fs.rmSync(lock, { force: true })
    take()
  }
  return () => {
    fs.rmSync(lock, { force: true })
  }
}
