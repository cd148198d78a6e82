import { createHash } from 'node:crypto'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { ProcedureError } from '../../contract/result.ts'
import type { ConfigProblem } from '../../contract/config.ts'
import { UnfitFile } from '../regular-file.ts'
import { encodingProblem } from './encoding-problem.ts'
import { isErrno, whyUnreadable, type FileSystem } from './file-system.ts'
import { obstacleOf } from './obstacle.ts'
import { homeFolder } from '../home-folder.ts'

/** A config.toml is a few kilobytes; what is longer than this is something else. */
const mostBytes = 4 * 1024 * 1024
/** As many as Linux follows (path_resolution(7)). */
const maxLinks = 40

export interface ConfigFile {
  readonly path: string
  readonly target: string
  /** The target's one name, however many links lead to it: two paths with the same one are the same file. */
  readonly identity: string
  /** Null where there is no file. */
  readonly bytes: Buffer | null
  readonly mode: number | null
  /** Why it is not ours to write; null: it can be written. */
  readonly obstacle: string | null
  readonly fingerprint: string
}

/** `$CODEX_HOME/config.toml`, else `~/.codex/config.toml`, as Codex itself looks for it. */
export function configPath(codexHome: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  if (codexHome !== undefined && !isAbsolute(codexHome))
    throw new ProcedureError('bad_request', `codexHome must be an absolute path, not ${codexHome}`)
  const fromEnvironment = environment.CODEX_HOME
  const home = codexHome ?? (fromEnvironment ? resolve(fromEnvironment) : join(homeFolder(), '.codex'))
  return join(home, 'config.toml')
}

/** Throws a ProcedureError where it is there and cannot be read, or its path leads nowhere. */
export function readConfigFile(path: string, fs: FileSystem): ConfigFile {
  try {
    return read(path, fs)
  } catch (error) {
    if (error instanceof UnfitFile) throw new ProcedureError('bad_request', error.message)
    if (error instanceof ProcedureError || !isErrno(error)) throw error
    throw new ProcedureError('bad_request', `${path} ${whyUnreadable(error)}`)
  }
}

function read(path: string, fs: FileSystem): ConfigFile {
  const target = followLinks(path, fs)
  const identity = identityOf(target, fs)
  const file = (bytes: Buffer | null, mode: number | null): ConfigFile => {
    const obstacle = obstacleOf({ path, target, identity, mode }, fs)
    return { path, target, identity, bytes, mode, obstacle, fingerprint: fingerprintOf(identity, bytes) }
  }
  if (fs.statSync(target, { throwIfNoEntry: false }) === undefined) return file(null, null)
  const { bytes, stat } = fs.readRegularFile(target, { mostBytes, followsLinks: true })
  return file(bytes, stat.mode & 0o7777)
}

/** The file counts too: a link that was pointed elsewhere is a change. */
export function fingerprintOf(identity: string, bytes: Buffer | null): string {
  const hash = createHash('sha256').update(identity).update('\0')
  return bytes === null ? `absent-${hash.digest('hex')}` : hash.update(bytes).digest('hex')
}

/** Of the bytes alone, wherever they are. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** By hand, because a link may lead to a file that is not there yet. */
function followLinks(path: string, fs: FileSystem): string {
  let at = path
  for (let i = 0; i < maxLinks; i++) {
    const stat = fs.lstatSync(at, { throwIfNoEntry: false })
    if (stat?.isSymbolicLink() !== true) return at
    at = resolve(dirname(at), fs.readlinkSync(at))
  }
  throw new ProcedureError('bad_request', `${path}: too many symbolic links`)
}

/** Of a file that need not be there: what is there of its path has one name, whatever leads to it. */
export function identityOf(path: string, fs: FileSystem): string {
  const missing: string[] = []
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(fs.realpathSync(at), ...missing)
    } catch (error) {
      if (!isErrno(error) || dirname(at) === at) return path
      missing.unshift(basename(at))
    }
  }
}

export interface DecodedText {
  /** Without its byte order mark. */
  readonly text: string
  readonly hasMark: boolean
}

/** Bytes that are no UTF-8 are a problem to tell, never to write over. */
export function decode(bytes: Buffer | null): DecodedText | ConfigProblem {
  if (bytes === null) return { text: '', hasMark: false }
  const problem = encodingProblem(bytes)
  if (problem !== null) return problem
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const hasMark = text.startsWith(mark)
  return { text: hasMark ? text.slice(1) : text, hasMark }
}

export function encode({ text, hasMark }: DecodedText): Buffer {
  return Buffer.from(hasMark ? mark + text : text)
}

const mark = '\uFEFF'
