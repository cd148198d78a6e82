import { ProcedureError } from '../../contract/result.ts'
import type { PartName } from '../../contract/troubles.ts'
import { heartbeat } from './heartbeat.ts'
import { parts } from './parts.ts'

/** What was asked of a part that has ended is not answered: nobody knows whether it was done. */
export class PartAway extends ProcedureError {
  constructor(message: string) {
    super('unavailable', message)
  }
}

/** A thread or process that has been started. */
export interface Running {
  readonly post: (message: object, transfer?: readonly ArrayBuffer[]) => void
  readonly kill: () => Promise<void>
}

/** Starts one. `ended` is called once, however it ends. */
export type Start = (told: { message: (message: unknown) => void; ended: (why: string) => void }) => Running

/** What becomes of a part, unasked. `key` tells several of one kind apart. */
export type PartEvent = { readonly part: PartName; readonly key: string } & (
  | { readonly kind: 'started' }
  /** `againInMs` null: it has ended too often, and is not started again. */
  | { readonly kind: 'ended'; readonly why: string; readonly againInMs: number | null }
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'answers' }
)

export type Watch = (event: PartEvent) => void

export interface KeptGiven {
  readonly part: PartName
  readonly key?: string
  readonly start: Start
  readonly watch: Watch
  /** What it says without having been asked. */
  readonly onMessage?: (message: unknown) => void
}

export interface Kept {
  /** Resolves when it is ready, at once where it is; rejects with its own words where it cannot be. */
  start(): Promise<void>
  readonly isUp: boolean
  /**
   * Starts it where it has not been started. Rejects with PartAway where it is away, or ends before it has answered. `given`: it is up, and has
   * been handed the request.
   */
  ask<Reply>(request: object, transfer?: readonly ArrayBuffer[], given?: () => void): Promise<Reply>
  /** Asks once more when it has ended and was started again: for work that may be done twice. */
  askTwice<Reply>(request: object): Promise<Reply>
  /** Wants no answer; lost where it is away. */
  tell(message: object): void
  /** Ends it on purpose; the next question starts it again. */
  end(): Promise<void>
  /** Ends it for good, behind its answer to `last`, which is waited for so long; left out: until it comes. */
  close(last?: object, mostMs?: number): Promise<void>
}

/** The first time at once, then with growing pauses: what ends a part may end it again. */
const againInMs = [100, 1000, 5000, 30_000]
/** A part that has run for so long since its last end begins anew. */
const forgetAfterMs = 60_000
/** So often within that time, and an essential part is given up. */
export const mostEnds = 3

/**
 * A thread that is ended while it loads its native module takes the whole process with it (SIGABRT), so one that starts is ended once it has. What takes
 * longer, as the writer with a new version's tables, is past that.
 */
const mostStartMs = 5000

/**
 * Keeps a thread or process running: the one place where its end is noticed, whatever the cause. Who waits for it is answered with
 * an error, the watch is told, and it is started again.
 */
export function keepRunning({ part, key = part, start, watch, onMessage }: KeptGiven): Kept {
  const { title, essential, beats } = parts[part]
  const waiting = new Map<
    number,
    { readonly answer: (reply: unknown) => void; readonly fail: (error: Error) => void }
  >()
  let running: Running | null = null
  let starting: Promise<void> | null = null
  let again: NodeJS.Timeout | null = null
  let ends: number[] = []
  let nextId = 1
  /** Its end is asked for, and may be seen before its last answer. */
  let isClosing = false
  let isClosed = false
  const whenUp: (() => void)[] = []

  const beat = heartbeat({
    isDue: () => waiting.size > 0 && running !== null && starting === null,
    ping: () => running?.post({ kind: 'ping' }),
    silent: (seconds) => watch({ kind: 'silent', part, key, seconds }),
    answers: () => watch({ kind: 'answers', part, key }),
    hopeless: (why) => {
      beat.why = why
      void running?.kill()
    },
  })

  const away = (why: string): PartAway => new PartAway(`${title} ${why}`)

  function begin(): Promise<void> {
    beat.why = null
    const beginning = new Promise<void>((ready, fail) => {
      let isReady = false
      const own = start({
        message(message) {
          if (running !== own) return
          const kind = kindOf(message)
          if (kind === 'pong') beat.pong()
          else if (kind === 'failed' && idOf(message) === null) fail(new Error(textOf(message)))
          else if (kind === 'ready') {
            isReady = true
            ready()
          } else take(message)
        },
        ended(why) {
          const words = beat.why ?? why
          fail(away(`ended: ${words}`))
          if (running !== own) return
          running = null
          beat.stop()
          for (const { fail: refuse } of waiting.values()) refuse(away(`ended: ${words}`))
          waiting.clear()
          if (isReady || ends.length > 0) startAgain(words)
        },
      })
      running = own
    })
    starting = beginning
      .then(() => {
        watch({ kind: 'started', part, key })
        for (const tell of whenUp.splice(0)) tell()
      })
      .catch(async (error: unknown) => {
        const failed = running
        running = null
        await failed?.kill()
        if (failed !== null && ends.length > 0) startAgain(error instanceof Error ? error.message : String(error))
        throw error
      })
      .finally(() => {
        starting = null
      })
    return starting
  }

  function take(message: unknown): void {
    const id = idOf(message)
    const asked = id === null ? undefined : waiting.get(id)
    if (id === null || asked === undefined) onMessage?.(message)
    else {
      waiting.delete(id)
      asked.answer(message)
    }
  }

  function startAgain(why: string): void {
    if (isClosing) return
    const now = performance.now()
    ends = [...ends.filter((at) => now - at < forgetAfterMs), now]
    const isOver = essential && ends.length >= mostEnds
    const delayMs = againInMs[Math.min(ends.length, againInMs.length) - 1] ?? 0
    watch({ kind: 'ended', part, key, why, againInMs: isOver ? null : delayMs })
    if (isOver) return
    again = setTimeout(() => {
      again = null
      begin().catch(() => undefined)
    }, delayMs)
  }

  async function ask<Reply>(
    request: object,
    transfer: readonly ArrayBuffer[] = [],
    given: () => void = () => undefined,
  ): Promise<Reply> {
    if (isClosed) throw away('has been stopped')
    if (starting !== null) await starting
    else if (running === null && ends.length === 0) await begin()
    if (running === null)
      throw away(again === null ? 'is not running' : 'is being started again: try again in a moment')
    const to = running
    const id = nextId++
    return new Promise<Reply>((answer, fail) => {
      waiting.set(id, { answer: answer as (reply: unknown) => void, fail })
      if (beats) beat.start()
      try {
        to.post({ ...request, id }, transfer)
        given()
      } catch (error) {
        waiting.delete(id)
        fail(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  async function untilStarted(): Promise<void> {
    if (starting !== null) await settledWithin(starting, mostStartMs)
  }

  async function stop(): Promise<void> {
    if (again !== null) clearTimeout(again)
    again = null
    ends = []
    beat.stop()
    const ending = running
    running = null
    for (const { fail } of waiting.values()) fail(away('has been stopped'))
    waiting.clear()
    await ending?.kill()
  }

  return {
    start: () => starting ?? (running === null ? begin() : Promise.resolve()),
    get isUp() {
      return running !== null && starting === null && !beat.isSilent
    },
    ask,
    async askTwice<Reply>(request: object) {
      try {
        return await ask<Reply>(request)
      } catch (error) {
        if (!(error instanceof PartAway) || isClosed) throw error
        await new Promise<void>((up) => whenUp.push(up))
        return await ask<Reply>(request)
      }
    },
    tell: (message) => running?.post(message),
    async end() {
      await untilStarted()
      await stop()
    },
    async close(last, mostMs) {
      isClosing = true
      await untilStarted()
      if (last !== undefined && running !== null && starting === null) {
        const answered = ask(last).catch(() => undefined)
        await (mostMs === undefined ? answered : settledWithin(answered, mostMs))
      }
      isClosed = true
      for (const tell of whenUp.splice(0)) tell()
      await stop()
    },
  }
}

function settledWithin(promise: Promise<unknown>, mostMs: number): Promise<void> {
  return new Promise((settled) => {
    const timer = setTimeout(settled, mostMs)
    const done = (): void => {
      clearTimeout(timer)
      settled()
    }
    promise.then(done, done)
  })
}

function fieldOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>)[name] : undefined
}

const kindOf = (message: unknown): unknown => fieldOf(message, 'kind')
const textOf = (message: unknown): string => String(fieldOf(message, 'message'))

function idOf(message: unknown): number | null {
  const id = fieldOf(message, 'id')
  return typeof id === 'number' ? id : null
}
