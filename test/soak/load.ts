import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { post } from '../bench/senders.ts'
import { runThatBeginsAt } from './runs.ts'

/** Runs that are sent one after the other at an even pace; nothing is sent while the host starts anew. */
export interface Load {
  /** From now on there; null holds it back, and resolves when all that was sent is acknowledged. */
  aim(otlpHttp: string | null): Promise<void>
  /** Milliseconds to each acknowledgement since the last look. */
  takeTimes(): number[]
  /** Sessions all of whose records were acknowledged. */
  readonly whole: readonly string[]
  stop(): Promise<void>
}

export function startLoad(recordsPerSecond: number): Load {
  const agent = new http.Agent({ keepAlive: true })
  const whole: string[] = []
  const open = new Set<Promise<void>>()
  let times: number[] = []
  let target: string | null = null
  let ended = false
  let failure: Error | null = null
  const fail = (error: unknown): void => void (failure ??= new Error('A request failed.', { cause: error }))

  async function sendRuns(): Promise<void> {
    let dueMs = Date.now()
    while (!ended) {
      const run = runThatBeginsAt(Date.now())
      const acknowledged: Promise<void>[] = []
      for (const { signal, bytes, records } of run.bodies) {
        while (target === null) {
          if (ended) return
          await delay(20)
          dueMs = Date.now()
        }
        const sent = performance.now()
        const answer = post(`${target}/v1/${signal}`, bytes, agent).then(
          () => void times.push(performance.now() - sent),
        )
        acknowledged.push(answer)
        open.add(answer)
        answer.then(() => open.delete(answer)).catch(fail)
        dueMs += (1000 * records) / recordsPerSecond
        await delay(Math.max(0, dueMs - Date.now()))
      }
      await Promise.all(acknowledged)
      whole.push(run.sessionId)
    }
  }
  const sending = sendRuns().catch(fail)

  return {
    whole,
    async aim(otlpHttp) {
      target = otlpHttp
      if (otlpHttp === null) await Promise.all(open)
      if (failure !== null) throw failure
    },
    takeTimes() {
      const taken = times
      times = []
      return taken.sort((a, b) => a - b)
    },
    async stop() {
      ended = true
      await sending
      agent.destroy()
      if (failure !== null) throw failure
    },
  }
}
