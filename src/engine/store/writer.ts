import Database from 'better-sqlite3'
import type { Signal } from '../../model/signal.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import { cutToLimits, defaultLimits } from '../otlp/limits.ts'
import { MalformedBody } from '../otlp/malformed.ts'
import { checkEncoding } from '../otlp/other-encoding.ts'
import { checkSignal } from '../otlp/other-signal.ts'
import { privacyFilter } from '../otlp/privacy.ts'
import { groupsWithoutRecord } from '../otlp/wire/resource.ts'
import { storesEverything, type Privacy } from '../../contract/settings.ts'
import { findingKeeper } from '../findings/keep.ts'
import { createForwardQueue, type ForwardQueue } from '../forwarding/queue.ts'
import { dayRoller } from '../panels/roll-day.ts'
import { hourRoller } from '../panels/roll.ts'
import type { Accepted } from '../receivers/received-body.ts'
import type { Db } from './database.ts'
import { diskTrouble } from './disk-trouble.ts'
import { unsettleOldPrices } from './figures.ts'
import { sessionGatherer } from './gather-session.ts'
import { ingester } from './ingest.ts'
import { logFailure } from './log-failure.ts'
import type { Origin } from './origins.ts'
import type { Stored } from './messages.ts'
import { rebuildInSteps, type Rebuild } from './rebuild.ts'
import { pieceWriter } from './recorded-writes.ts'
import { settler } from './settle.ts'
import type { Apart, HowItEnded, LongSession } from './settle-apart.ts'
import { settlingSessions } from './settling.ts'
import { pruning, type Pruning } from './prune.ts'
import { sessionRemoval, type Removal } from './remove-job.ts'
import { failed, remark } from './stored-words.ts'
import { sweeper, type Sweep } from './sweep.ts'
import { tombstones, type Tombstones } from './tombstones.ts'
import { readSettings } from './settings.ts'
import { turnShareWriter } from './turn-shares.ts'

export interface Incoming {
  readonly signal: Signal
  readonly encoding: 'protobuf' | 'json'
  readonly origin: Origin
  readonly bytes: Uint8Array<ArrayBuffer>
}

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
  let withoutPrivate = privacyFilter(readSettings(db).privacy ?? storesEverything)
  const forwarding = createForwardQueue(db)
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

  function storeOne(body: Incoming, receivedMs: number): Stored {
    const size = body.bytes.length
    try {
      checkEncoding(body.bytes, body.encoding)
      const protobuf = body.encoding === 'json' ? jsonToProtobuf(body.signal, body.bytes) : body.bytes
      checkSignal(protobuf, body.signal)
      const limited = cutToLimits(body.signal, protobuf, defaultLimits)
      // Last, because it relies on the limits: forwarding alone gets what was received.
      const filtered =
        body.origin === 'sample' ? { body: limited.body, edited: 0 } : withoutPrivate(body.signal, limited.body)
      const bytes = Buffer.from(filtered.body.buffer, filtered.body.byteOffset, filtered.body.byteLength)
      const left = body.origin === 'received' ? tombs.without(body.signal, bytes, true) : bytes
      const kept = left ?? Buffer.alloc(0)
      const result = ingest.store(body.signal, kept, body.origin, receivedMs)
      if (body.origin === 'received' && !result.repeated)
        forwarding.add({
          signal: body.signal,
          encoding: body.encoding,
          received: body.bytes,
          body: result.body,
          stored: kept,
          records: result.records + result.rejected,
          receivedMs,
        })
      const accepted: Accepted = {
        kind: 'stored',
        records: result.records,
        rejected: result.rejected,
        message: remark(result, limited.cut, groupsWithoutRecord(protobuf), body.signal),
      }
      const { repeated, service, version } = result
      return {
        ...{ accepted, repeated, cut: limited.cut, edited: filtered.edited },
        ...{ bytes: size, service, version, disk: null },
      }
    } catch (error) {
      // What SQLite refuses concerns the whole transaction. Anything else is this body's own, which would fail every time it is sent.
      if (error instanceof Database.SqliteError) throw error
      const why = error instanceof MalformedBody ? error.message : `this body cannot be read: ${String(error)}`
      return failed({ kind: 'malformed', message: why }, size)
    }
  }

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
    store(bodies) {
      const receivedMs = Date.now()
      try {
        return db.transaction(() => bodies.map((body) => storeOne(body, receivedMs))).immediate()
      } catch (error) {
        // The disk is full, or worse: nothing of the group is stored. Alone, one body cannot take the others with it.
        this.forget()
        if (bodies.length > 1) return bodies.flatMap((body) => this.store([body]))
        const disk = diskTrouble(error)
        const message = `the store could not write: ${disk ?? (error instanceof Error ? error.message : String(error))}`
        const accepted = { kind: 'unavailable', message, retryAfterS: 5 } as const
        return bodies.map(({ bytes }) => ({ ...failed(accepted, bytes.length), disk }))
      }
    },
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
    setPrivacy(privacy) {
      withoutPrivate = privacyFilter(privacy)
    },
    forget: () => {
      ingest.forget()
      forwarding.reload()
      tombs.reload()
    },
  }
}
