import { commandWords, programWords } from './command-words.ts'
import type { FindingContext } from './context.ts'
import type { FindingFix } from './finding.ts'

/** What these fetch comes from elsewhere. */
const fetches: ReadonlySet<string> = new Set([
  ...[
    'curl',
    'wget',
    'ssh',
    'scp',
    'gh',
    'git fetch',
    'git pull',
    'git push',
    'git clone',
    'npm install',
    'npm ci',
    'pnpm install',
  ],
  ...[
    'yarn install',
    'pip install',
    'pip3 install',
    'uv sync',
    'cargo fetch',
    'cargo update',
    'go get',
    'bundle install',
    'docker pull',
  ],
])

/** What would have let commands through that the sandbox broke off, as far as the words of the commands tell. */
export function sandboxFix(commands: readonly string[], { folder, sandboxPolicy }: FindingContext): FindingFix {
  const lines = commands.map(commandWords).filter((words) => words !== null)
  if (sandboxPolicy === 'read-only')
    return {
      type: 'config',
      changes: [{ path: ['sandbox_mode'], value: 'workspace-write', adds: false }],
      why: 'The session was read-only: with this, commands may write in its folder.',
    }
  if (lines.some((words) => fetches.has(programWords(words).join(' '))))
    return {
      type: 'config',
      changes: [{ path: ['sandbox_workspace_write', 'network_access'], value: true, adds: false }],
      why: 'The command needs the network, which the sandbox blocks.',
    }
  const roots = [...new Set(lines.flatMap((words) => words.flatMap((word) => rootOf(word, folder))))].sort()
  if (roots.length > 0)
    return {
      type: 'config',
      changes: [{ path: ['sandbox_workspace_write', 'writable_roots'], value: roots, adds: true }],
      why: 'The command names a file outside the folder of the session, where the sandbox does not let it write.',
    }
  return {
    type: 'hint',
    text: 'A writable root or network access would let it through; the command does not show which.',
  }
}

/** The folder of an absolute path outside the session's own. */
function rootOf(word: string, folder: string | null): string[] {
  if (!/^\/[^/]+\/./.test(word) || (folder !== null && `${word}/`.startsWith(`${folder}/`))) return []
  const parent = word.slice(0, word.lastIndexOf('/'))
  // A program is named by its path as well: nobody wants to write there.
  return /^\/(?:usr|bin|sbin|etc|lib|opt|proc|sys|dev)(?:\/|$)/.test(parent) ? [] : [parent]
}
