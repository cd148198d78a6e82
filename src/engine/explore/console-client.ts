import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import type { StartProcess } from '../engine.ts'
import type { ConsoleReply, ConsoleRequest } from './console-process.ts'

/** SQLite cannot be interrupted from a thread beside it: a statement that runs away is ended with its process. */
const timeoutMs = 10_000
/** A console that nobody uses gives its memory back. */
const idleMs = 60_000

export interface ConsoleClient {
  run(params: ParsedParams<'sql.run'>): Promise<Result<Value<'sql.run'>>>
  close(): void
}

export const startNodeProcess: StartProcess = (file) => {
  // Flags of this process, such as a test runner's, are not meant for the console.
  const child = fork(file, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    send: (message) => child.send(message as object),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill('SIGKILL'),
  }
}

export function consoleClient(
  dataDir: string,
  start: StartProcess = startNodeProcess,
  limits: { readonly timeoutMs: number } = { timeoutMs },
): ConsoleClient {
  const file = import.meta.url.endsWith('.ts') ? './console-process.ts' : './console-process.js'
  let running: ReturnType<StartProcess> | null = null
  let idle: NodeJS.Timeout | null = null
  let last: Promise<unknown> = Promise.resolve()
  /** Of the statement that runs now; null: it was answered already. */
  let reply: ((reply: ConsoleReply | null) => void) | null = null

  function started(): ReturnType<StartProcess> {
    if (running !== null) return running
    const process = start(fileURLToPath(new URL(file, import.meta.url)))
    process.onMessage((message) => reply?.(message as ConsoleReply))
    process.onExit(() => {
      if (running !== process) return
      running = null
      reply?.(null)
    })
    return (running = process)
  }

  function stop(): void {
    const process = running
    running = null
    process?.kill()
  }

  async function ask({ sql, limit }: ParsedParams<'sql.run'>): Promise<Result<Value<'sql.run'>>> {
    if (idle !== null) clearTimeout(idle)
    let timer: NodeJS.Timeout | undefined
    const answer = await new Promise<ConsoleReply | 'late' | null>((answered) => {
      reply = answered
      timer = setTimeout(() => {
        answered('late')
      }, limits.timeoutMs)
      started().send({ dataDir, sql, limit } satisfies ConsoleRequest)
    })
    clearTimeout(timer)
    reply = null
    if (answer === 'late') stop()
    else idle = setTimeout(stop, idleMs).unref()
    if (answer === 'late') return failed('bad_request', `stopped: it ran for more than ${limits.timeoutMs / 1000} s`)
    if (answer === null) return failed('internal', 'the console ended unexpectedly')
    return 'error' in answer ? failed('bad_request', answer.error) : { ok: true, value: answer.rows }
  }

  return {
    run(params) {
      // One statement at a time: the time-out of the second begins when the first has ended.
      const result = last.then(() => ask(params))
      last = result
      return result
    },
    close() {
      if (idle !== null) clearTimeout(idle)
      stop()
    },
  }
}

function failed(code: 'bad_request' | 'internal', message: string): Result<never> {
  return { ok: false, error: { code, message } }
}
