import Database from 'better-sqlite3'
import type { Privacy } from '../../contract/settings.ts'
import { findingKeeper } from '../findings/keep.ts'
import { createForwardQueue, type ForwardQueue } from '../forwarding/queue.ts'
import { dayRoller } from '../panels/roll-day.ts'
import { hourRoller } from '../panels/roll.ts'
import { bodyStore, type Incoming } from './body-store.ts'
import type { Db } from './database.ts'
import { unsettleOldPrices } from './figures.ts'
import { sessionGatherer } from './gather-session.ts'
import { ingester } from './ingest.ts'
import { logFailure } from './log-failure.ts'
import type { Stored } from './messages.ts'
import { rebuildInSteps, type Rebuild } from './rebuild.ts'
import { pieceWriter } from './recorded-writes.ts'
import { settler } from './settle.ts'
import type { Apart, HowItEnded, LongSession } from './settle-apart.ts'
import { settlingSessions } from './settling.ts'
import { pruning, type Pruning } from './prune.ts'
import { sessionRemoval, type Removal } from './remove-job.ts'
import { sweeper, type Sweep } from './sweep.ts'
import { tombstones, type Tombstones } from './tombstones.ts'
import { turnShareWriter } from './turn-shares.ts'

/** The one that writes: bodies in groups, a transaction each, and facts settled behind them. */
export interface Writer {
  /** Stores bodies in one transaction; an answer for each, in order. What it answers `stored` is committed. */
  store(bodies: readonly Incoming[]): readonly Stored[]
  /** Derives every index row and fact anew from the stored bodies, in one transaction; how many bodies those were. */
  rebuild(): number
  /** The same in steps, one of which may be left from the last run. */
  readonly rebuilding: Rebuild
  /** Settles sessions for about `budgetMs`; true when none is left, but for those that another thread derives. */
  settle(budgetMs: number): boolean
  /** Of long sessions that another thread derives. */
  readonly apart: {
    /** Writes a piece in one transaction; false: the rest is not to be written. */
    write(of: LongSession, piece: Uint8Array): boolean
    ended(of: LongSession, how: HowItEnded): void
  }
  /**
   * What is derived from settled facts, for about `budgetMs`: where the time of turns went, findings, and the sums of whole hours before
   * this one (Unix time / 3600 s). true when nothing is left.
   */
  sumUp(budgetMs: number, beforeHour?: number): boolean
  /** What is left of what was taken away. */
  readonly sweep: Sweep
  /** What is to be sent on. */
  readonly forwarding: ForwardQueue
  /** What retention takes away; `forgetIds` must follow each transaction of it. */
  readonly pruning: Pruning
  /** What the user deletes of single sessions; `forgetIds` must follow each transaction of it. */
  readonly removal: Removal
  /** What was deleted so, and does not come back. */
  readonly tombstones: Tombstones
  /** Of rows that are gone, and must not be used again from memory. */
  forgetIds(): void
  /** What is left out of bodies from here on. */
  setPrivacy(privacy: Privacy): void
  /** Must follow the removal of rows by another hand: their ids must not be used again from memory. */
  forget(): void
}

/** Without another thread each session is settled in one piece. */
export function createWriter(db: Db, { take, longRows }: Partial<Apart> = {}): Writer {
  unsettleOldPrices(db)
  const settling = settlingSessions(db, longRows)
  settling.giveBack()
  const writePiece = pieceWriter(db)
  const ingest = ingester(db)
  const tombs = tombstones(db)
  const forwarding = createForwardQueue(db)
  const bodies = bodyStore(db, ingest, tombs, forwarding)
  const rebuilding = rebuildInSteps(db, ingest)
  const gather = sessionGatherer(db)
  const settleOne = settler(db)
  const writeShares = turnShareWriter(db)
  const rollHour = hourRoller(db)
  const rollDay = dayRoller(db)
  const findings = findingKeeper(db)
  const unended = new Map<LongSession, HowItEnded>()
  const free = 'session_id NOT IN (SELECT session_id FROM settling)'
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const settled = db.prepare('DELETE FROM unsettled WHERE session_id = ?')
  const nextUnshared = db.prepare<[], string>(`SELECT session_id FROM unshared WHERE ${free} LIMIT 1`).pluck()
  const shared = ['unshared', 'unfound'].map((table) => db.prepare(`DELETE FROM ${table} WHERE session_id = ?`))
  // Codex's ids grow with time: the latest first, for what somebody looks at.
  const nextUnsettled = db
    .prepare<[], string>(`SELECT session_id FROM unsettled WHERE ${free} ORDER BY session_id DESC LIMIT 1`)
    .pluck()

  /** A session that cannot be settled keeps its facts as they are, and stops nobody else's. */
  function settleSafely(sessionId: string): void {
    try {
      db.transaction(() => {
        settled.run(sessionId)
        if (gather(sessionId) && !leaves(sessionId, 'settle')) settleOne(sessionId)
      })()
    } catch (error) {
      if (error instanceof Database.SqliteError) throw error
      logFailure(`session ${sessionId} could not be settled`, error)
      settled.run(sessionId)
    }
  }

  /** Whether another thread has to derive it. */
  function leaves(sessionId: string, what: LongSession['what']): boolean {
    if (take === undefined || !settling.isLong(sessionId)) return false
    take(settling.add(sessionId, what))
    return true
  }

  /** A session whose ledger cannot be made has no shares and no findings, and stops nobody else's. */
  function shareSafely(sessionId: string): void {
    for (const mark of shared) mark.run(sessionId)
    if (leaves(sessionId, 'share')) return
    try {
      const loaded = writeShares(sessionId)
      if (loaded !== null) findings.write(loaded)
    } catch (error) {
      if (error instanceof Database.SqliteError) throw error
      logFailure(`the ledger of session ${sessionId} could not be made`, error)
    }
  }

  function findNext(): boolean {
    const sessionId = findings.next()
    if (sessionId === null) return false
    if (leaves(sessionId, 'find')) return true
    try {
      findings.find(sessionId)
    } catch (error) {
      if (error instanceof Database.SqliteError) throw error
      logFailure('the findings of a session could not be made', error)
    }
    return true
  }

  /** Again, where the disk did not take it. */
  function endThose(): void {
    db.transaction(() => {
      for (const [of, how] of unended) {
        if (how === 'again' && settling.has(of)) unsettle.run(of.id)
        settling.end(of)
      }
    }).immediate()
    unended.clear()
  }

  /** false: nothing is left. Findings come last, for they look at all that was before. */
  function sumUpOne(beforeHour: number): boolean {
    const sessionId = nextUnshared.get()
    if (sessionId !== undefined) {
      shareSafely(sessionId)
      return true
    }
    const hour = rollHour(beforeHour)
    if (hour === null) return rollDay(beforeHour) || findNext()
    findings.changed(hour)
    return true
  }

  return {
    store: (incoming) => bodies.store(incoming),
    rebuild() {
      return db
        .transaction(() => {
          rebuilding.begin()
          while (!rebuilding.step(Infinity));
          return db.prepare<[], number>('SELECT count(*) FROM body').pluck().get() ?? 0
        })
        .immediate()
    },
    rebuilding,
    apart: {
      write(of, piece) {
        const isWanted = db.transaction(() => settling.has(of) && writePiece(piece))
        return isWanted.immediate()
      },
      ended(of, how) {
        unended.set(of, how)
        endThose()
      },
    },
    settle(budgetMs) {
      if (unended.size > 0) endThose()
      const until = performance.now() + budgetMs
      let next = nextUnsettled.get()
      if (next === undefined) return true
      db.transaction(() => {
        while (next !== undefined && performance.now() < until) {
          settleSafely(next)
          next = nextUnsettled.get()
        }
      }).immediate()
      return next === undefined
    },
    sumUp(budgetMs, beforeHour = Math.floor(Date.now() / 3_600_000)) {
      const until = performance.now() + budgetMs
      let isLeft = true
      db.transaction(() => {
        while (isLeft && performance.now() < until) isLeft = sumUpOne(beforeHour)
      }).immediate()
      return !isLeft
    },
    sweep: sweeper(db),
    forwarding,
    pruning: pruning(db),
    removal: sessionRemoval(db, ingest, tombs),
    tombstones: tombs,
    forgetIds: () => {
      ingest.forget()
    },
    setPrivacy: (privacy) => {
      bodies.setPrivacy(privacy)
    },
    forget: () => {
      bodies.forget()
    },
  }
}
