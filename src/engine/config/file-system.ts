import * as fs from 'node:fs'
import type { Stats } from 'node:fs'
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

/** Also where nothing can be looked at: below a file, behind a closed folder or a loop of links, under a name that is none. */
export function statOf(path: string, fs: Pick<FileSystem, 'statSync'>): Stats | undefined {
  try {
    return fs.statSync(path)
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

/** Behind a path. */
export function whyUnreadable(error: NodeJS.ErrnoException): string {
  const { code = error.message } = error
  return reasons[code] ?? `cannot be read (${code})`
}

const reasons: Partial<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there: its path leads through a file',
  ELOOP: 'is not there: its path leads through links that lead to each other',
  ENAMETOOLONG: 'is too long for a path',
  ERR_INVALID_ARG_VALUE: 'is no path',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
}

export function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
