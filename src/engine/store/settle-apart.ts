import Database from 'better-sqlite3'
import type { Kept } from '../threads/keep-running.ts'
import type { Derivation } from './derivations.ts'
import { logFailure } from './log-failure.ts'
import type { SettleReply } from './messages.ts'

/** A session of which so much is to be written that bodies would wait for it. */
export interface LongSession {
  readonly id: string
  readonly what: Derivation
  /** A later one is of other facts. */
  readonly job: number
}

/** Another thread, which derives long sessions. */
export interface Apart {
  /** Heard within a transaction; the session may be read behind it. */
  readonly take: (of: LongSession) => void
  readonly longRows?: number
}

export type HowItEnded = 'written' | 'given up' | 'again'

export interface SettleApartGiven {
  readonly thread: Pick<Kept, 'ask' | 'askTwice' | 'close'>
  /** false: the rest is not to be written. */
  readonly write: (of: LongSession, piece: Uint8Array) => boolean
  readonly ended: (of: LongSession, how: HowItEnded) => void
}

export interface SettleApart {
  /** Derives it when those before it are written. */
  take(of: LongSession): void
  /** From here on only settles: comes back when all that was taken for that is written. The rest is done at the next start. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** A thread that ends over a session again and again, as for want of memory, is not to be tried for ever. */
const mostTries = 3

/** Has long sessions derived by another thread, one after another, and writes what that hands over: between bodies, a piece each. */
export function settleApart({ thread, write, ended }: SettleApartGiven): SettleApart {
  const queue: LongSession[] = []
  const tries = new Map<string, number>()
  let working: Promise<void> | null = null
  let [isFinishing, isClosed] = [false, false]
  const isWanted = ({ what }: LongSession): boolean => !isClosed && (!isFinishing || what === 'settle')

  async function work(): Promise<void> {
    for (let of = queue.shift(); of !== undefined; of = queue.shift()) {
      if (!isWanted(of)) continue
      const how = await settleOne(of)
      if (isWanted(of)) ended(of, how)
    }
    working = null
  }

  async function settleOne(of: LongSession): Promise<HowItEnded> {
    try {
      const request = { kind: 'derive', what: of.what, sessionId: of.id }
      const { error } = await thread.askTwice<Extract<SettleReply, { kind: 'derived' }>>(request)
      if (error !== null) return givenUp(of, error)
      for (;;) {
        const { piece } = await thread.ask<Extract<SettleReply, { kind: 'piece' }>>({ kind: 'piece' })
        if (piece === null || !isWanted(of) || !write(of, piece)) break
      }
      tries.delete(of.id)
      return 'written'
    } catch (error) {
      // The disk may take it later.
      if (error instanceof Database.SqliteError) return 'again'
      const tried = (tries.get(of.id) ?? 0) + 1
      tries.set(of.id, tried)
      return tried < mostTries ? 'again' : givenUp(of, error)
    }
  }

  function givenUp({ id }: LongSession, error: unknown): 'given up' {
    tries.delete(id)
    logFailure(`session ${id} could not be settled`, error)
    return 'given up'
  }

  return {
    take(of) {
      queue.push(of)
      // Behind the transaction that takes it up.
      working ??= Promise.resolve().then(work)
    },
    async finish() {
      isFinishing = true
      while (working !== null) await working
    },
    async close() {
      isClosed = true
      await thread.close()
      await working
    },
  }
}
