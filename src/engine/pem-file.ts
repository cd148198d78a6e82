import { readRegularFile } from './regular-file.ts'

/** Certificates and keys, wherever settings or Codex's configuration name one: that may be a pipe, or a device that never ends. */
export function readPemFile(path: string): Buffer {
  return readRegularFile(path, { mostBytes: 1024 * 1024, followsLinks: true }).bytes
}
