import { execFile } from 'node:child_process'
import { z } from 'zod'

/** Of one question; a codex that Node.js starts takes a third of a second on an idle machine. */
const patienceMs = 15_000

const answer = z.object({ decision: z.string().optional(), matchedRules: z.array(z.unknown()) })

export interface Asked {
  /** What the rules say: `allow`, `prompt`, `forbidden`; null where none of them speaks of the command. */
  readonly decision: string | null
}

export interface Codex {
  readonly program: string
  /** An empty folder of ours: neither the user's configuration nor their folder has a part in the answer. */
  readonly home: string
}

/** What files of rules say of a command, by `codex execpolicy check`, which runs nothing and asks no network. */
export async function askCodex(codex: Codex, rules: readonly string[], argv: readonly string[]): Promise<Asked> {
  const files = rules.flatMap((path) => ['--rules', path])
  const told = answer.parse(JSON.parse(await run(codex, ['execpolicy', 'check', ...files, '--', ...argv])))
  return { decision: told.matchedRules.length === 0 ? null : (told.decision ?? null) }
}

/** `codex-cli 0.171.0`. */
export async function codexVersion(codex: Codex): Promise<string> {
  return (await run(codex, ['--version'])).trim().split('\n')[0]?.slice(0, 60) ?? ''
}

function run({ program, home }: Codex, args: readonly string[]): Promise<string> {
  const options = {
    cwd: home,
    env: { ...process.env, CODEX_HOME: home, RUST_BACKTRACE: '0' },
    timeout: patienceMs,
    maxBuffer: 1_000_000,
    windowsHide: true,
  }
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else if (error.killed === true) reject(new Error('it did not answer in time'))
      else reject(new Error(firstWords(stderr) || error.message))
    })
  })
}

/** The error and its causes, without the trace of the stack. */
function firstWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('WARNING'))
  const end = lines.findIndex((line) => line.startsWith('Stack backtrace'))
  return lines
    .slice(0, end < 0 ? 4 : Math.min(end, 4))
    .map((line) => line.trim())
    .join(' ')
    .slice(0, 400)
}
