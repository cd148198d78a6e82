import { createHash } from 'node:crypto'
import { closeSync, readSync, type Stats } from 'node:fs'
import { openRegularFile } from '../regular-file.ts'

const headBytes = 4096
const tailBytes = 256

/**
 * What tells that a file that grew is still the one that was read: a hash of how it begins and of what stands before the place where
 * reading stopped. Codex rewrites a file in place when it brings it to a newer layout.
 */
export function markOf(path: string, readTo: number): string {
  const { fd } = openRegularFile(path, false)
  try {
    const hash = createHash('sha256')
    hash.update(bytesAt(fd, 0, Math.min(headBytes, readTo)))
    hash.update(bytesAt(fd, Math.max(0, readTo - tailBytes), Math.min(tailBytes, readTo)))
    return hash.digest('hex').slice(0, 32)
  } finally {
    closeSync(fd)
  }
}

/**
 * The mark of a file that is read from now on; one that no file has where it is another one by then, or was written anew in place: what was
 * read is of the one before, and is read anew.
 */
export function markWhileRead(path: string): (readTo: number) => string {
  const before = beginningOf(path)
  return (readTo) => {
    const now = beginningOf(path)
    const isSame = now.stat.ino === before.stat.ino && now.bytes.subarray(0, before.bytes.length).equals(before.bytes)
    return isSame && now.stat.size >= readTo ? markOf(path, readTo) : ''
  }
}

function beginningOf(path: string): { stat: Stats; bytes: Buffer } {
  const { fd, stat } = openRegularFile(path, false)
  try {
    return { stat, bytes: bytesAt(fd, 0, headBytes) }
  } finally {
    closeSync(fd)
  }
}

function bytesAt(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  return buffer.subarray(0, length === 0 ? 0 : readSync(fd, buffer, 0, length, offset))
}
