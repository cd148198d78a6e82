import { execFile } from 'node:child_process'
import { isAbsolute } from 'node:path'
import { stat } from 'node:fs/promises'
import type { Commits } from '../../contract/projects.ts'
import type { Handlers } from '../dispatch.ts'

/** A commit is often made in the last command of a session, and its time has whole seconds. */
const aroundMs = 2000
/** A busy machine takes seconds to start git. */
const patienceMs = 10_000
const mostCommits = 200
/** Between a commit's parts; in no subject. */
const part = '\x1f'

/**
 * Asks for no network, takes no lock, waits for nobody, and runs nothing that a repository's own configuration names: a folder may hold
 * anything.
 */
const harmless = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_PAGER: 'cat',
  LC_ALL: 'C',
}
const configured = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
  'core.alternateRefsCommand=',
]

export interface Ran {
  readonly folder: string | null
  readonly fromMs: number
  readonly toMs: number
}

/** Asks git for the commits of a session's time, in its folder. */
export function commitsHandler(session: Handlers['session.get']): Handlers['session.commits'] {
  return async ({ id }) => {
    const found = await session({ id })
    if (!found.ok) return found
    const { folder, startedAtMs, lastSeenAtMs } = found.value
    return { ok: true, value: await commitsBetween({ folder, fromMs: startedAtMs, toMs: lastSeenAtMs }) }
  }
}

/** The commits that were made on any branch of the repository around a folder in a stretch of time, by the user's own git. */
export async function commitsBetween({ folder, fromMs, toMs }: Ran, git = 'git'): Promise<Commits> {
  const nothing = (state: Commits['state'], words: string | null = null): Commits => ({ state, words, commits: [] })
  const isThere =
    folder !== null && isAbsolute(folder) && (await stat(folder).catch(() => null))?.isDirectory() === true
  if (!isThere) return nothing('no_folder')
  const args = [
    ...configured.flatMap((setting) => ['-c', setting]),
    ...[
      'log',
      '--branches',
      'HEAD',
      '--no-show-signature',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--no-patch',
      '-z',
    ],
    ...[
      `--max-count=${String(mostCommits)}`,
      `--since=${seconds(fromMs - aroundMs)}`,
      `--until=${seconds(toMs + aroundMs)}`,
    ],
    ...[`--format=%H${part}%ct${part}%an${part}%s`, '--'],
  ]
  const { error, stdout, stderr } = await run(git, args, folder)
  if (error === null) return { state: 'read', words: null, commits: commitsOf(stdout) }
  if (error.code === 'ENOENT') return nothing('no_git')
  if (error.killed === true) return nothing('too_slow')
  if (/not a git repository/.test(stderr)) return nothing('no_repository')
  // A repository without any commit has no HEAD.
  if (/unknown revision|bad revision|does not have any commits/.test(stderr))
    return { state: 'read', words: null, commits: [] }
  return nothing('failed', stderr.trim().split('\n')[0] ?? '')
}

interface Ended {
  readonly error: { readonly code?: string | number | null; readonly killed?: boolean } | null
  readonly stdout: string
  readonly stderr: string
}

function run(git: string, args: readonly string[], cwd: string): Promise<Ended> {
  const options = {
    cwd,
    env: { ...process.env, ...harmless },
    timeout: patienceMs,
    maxBuffer: 4_000_000,
    windowsHide: true,
  }
  return new Promise((resolve) => {
    execFile(git, args, options, (error, stdout, stderr) => {
      resolve({ error: error as Ended['error'], stdout, stderr })
    })
  })
}

function commitsOf(log: string): Commits['commits'] {
  return log
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [hash = '', at = '0', author = '', ...subject] = line.split(part)
      return { hash: hash.trim(), atMs: Number(at) * 1000, author, subject: subject.join(part) }
    })
    .reverse()
}

const seconds = (ms: number): string => String(Math.floor(ms / 1000))
