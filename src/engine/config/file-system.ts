import * as fs from 'node:fs'
import { readRegularFile, type ReadLimits, type RegularFile } from '../regular-file.ts'

/** What safe writing uses of the file system, so that a test can break any step of it. */
export type FileSystem = Pick<
  typeof fs,
  | 'accessSync'
  | 'closeSync'
  | 'fchmodSync'
  | 'fchownSync'
  | 'fsyncSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readlinkSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeFileSync'
> & { readonly readRegularFile: (path: string, limits: ReadLimits) => RegularFile }

export const realFileSystem: FileSystem = { ...fs, readRegularFile }

export function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
