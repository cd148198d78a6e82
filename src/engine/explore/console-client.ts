import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import type { Agents } from '../../contract/settings.ts'
import type { StartProcess } from '../engine.ts'
import { keepRunning, PartAway, type Watch } from '../threads/keep-running.ts'
import { processOf, startNodeProcess } from '../threads/start-process.ts'
import type { ConsoleReply } from './console-process.ts'

/**
 * SQLite cannot be interrupted from a thread beside it: a statement that runs away is ended with its process. How long that takes to start, on a
 * busy machine seconds, is no time of the statement's.
 */
const timeoutMs = 10_000
/** A console that nobody uses gives its memory back. */
const idleMs = 60_000

export interface ConsoleClient {
  run(params: ParsedParams<'sql.run'>): Promise<Result<Value<'sql.run'>>>
  close(): Promise<void>
}

export function consoleClient(
  dataDir: string,
  watch: Watch,
  start: StartProcess = startNodeProcess,
  {
    timeoutMs: mostMs = timeoutMs,
    agents = null,
  }: { readonly timeoutMs?: number; readonly agents?: Agents | null } = {},
): ConsoleClient {
  const kept = keepRunning({ part: 'console', start: processOf('console', start), watch })
  let idle: NodeJS.Timeout | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function ask({ sql, limit }: ParsedParams<'sql.run'>): Promise<Result<Value<'sql.run'>>> {
    if (idle !== null) clearTimeout(idle)
    let isLate = false
    let timer: NodeJS.Timeout | undefined
    const begun = (): void => {
      timer = setTimeout(() => {
        isLate = true
        void kept.end()
      }, mostMs)
    }
    try {
      const answer = await kept.ask<ConsoleReply>({ kind: 'run', dataDir, sql, limit, agents }, [], begun)
      return 'error' in answer ? failed('bad_request', answer.error) : { ok: true, value: answer.rows }
    } catch (error) {
      if (isLate) return failed('bad_request', `stopped: it ran for more than ${mostMs / 1000} s`)
      const message = error instanceof Error ? error.message : String(error)
      return failed(error instanceof PartAway ? 'unavailable' : 'internal', message)
    } finally {
      clearTimeout(timer)
      idle = setTimeout(() => void kept.end(), idleMs).unref()
    }
  }

  return {
    run(params) {
      // One statement at a time: the time-out of the second begins when the first has ended.
      const result = last.then(() => ask(params))
      last = result
      return result
    },
    async close() {
      if (idle !== null) clearTimeout(idle)
      await kept.close()
    },
  }
}

function failed(code: 'bad_request' | 'internal' | 'unavailable', message: string): Result<never> {
  return { ok: false, error: { code, message } }
}
