import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { readRegularFile } from './regular-file.ts'

const mostBytes = 64 * 1024 * 1024

/** A small file of Colophon's own, as text; null where it is not there or cannot be read. */
export function readOwnFile(path: string): string | null {
  try {
    return readRegularFile(path, { mostBytes, followsLinks: true }).bytes.toString()
  } catch {
    return null
  }
}

/** For its owner alone, and whole: whoever reads it finds the old one or the new one. */
export function writeOwnFile(path: string, text: string): void {
  rmSync(`${path}.new`, { force: true })
  writeFileSync(`${path}.new`, text, { flag: 'wx', mode: 0o600 })
  renameSync(`${path}.new`, path)
}
