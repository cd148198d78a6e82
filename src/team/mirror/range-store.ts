import { setImmediate } from 'node:timers/promises'
import { createReader, type Reader } from '../../engine/queries/index.ts'
import { openTemporary } from '../../engine/store/temporary-database.ts'
import { createWriter } from '../../engine/store/writer.ts'
import { under, type Doing, type Doings } from '../doing.ts'
import { Left, stopped, waiters, waiting, type Waiters } from '../waited-for.ts'
import type { FactsSource, HeldFindings, Known, Range } from './facts-source.ts'
import { readTellingLogs } from '../records/read-telling-logs.ts'
import type { RawStore } from './family.ts'
import { sessionForgetter } from './forget-session.ts'
import { rangeSums } from './range-sums.ts'

/** Sessions of a range of which facts are brought, the latest; more are told of. */
export const mostSessions = 20_000
/** A dashboard asks some forty questions about a range at once. */
const freshMs = 2000
/** A session's facts lie between its first and its last record, but for what was still open then. */
const besideMs = 3_600_000
/** So long the thread is held at a time. */
const pieceMs = 50

/** Left out: from the first, to now. */
export interface AskedRange {
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

/** Facts of all sessions of the ranges that somebody looked at, in a database of home's schema; only what has changed is asked for again. */
export interface RangeStore {
  /** Home's reader, once it can answer what panels ask of this range. */
  readonly summedUp: (range: AskedRange) => Promise<Reader>
  /** The same for whatever is asked of it. */
  readonly readerOf: (range: AskedRange) => Promise<Reader>
  /** The same with what is worked out of sessions one by one: their findings. */
  readonly workedOut: (range: AskedRange) => Promise<Reader>
  /** The same once it knows which metrics there are, whenever they came. */
  readonly withSeries: () => Promise<Reader>
  /** What is being worked out is left for the next time. */
  readonly stop: () => void
  readonly close: () => Promise<void>
}

interface Pending {
  readonly waiters: Waiters
  readonly brought: Promise<void>
}

const keyOf = ({ fromMs, toMs }: AskedRange, isWhole: boolean): string =>
  `${String(fromMs)} ${String(toMs)} ${isWhole ? 'whole' : 'summed'}`

export function openRangeStore(raw: RawStore, source: FactsSource, silenceMs: number, doings: Doings): RangeStore {
  const db = openTemporary()
  const reader = createReader(db, { silenceMs, dataDir: '' })
  const writer = createWriter(db)
  const forget = sessionForgetter(db)
  const sumUp = rangeSums(db)
  const toWorkOut = db.prepare('INSERT INTO unshared (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const isWorkedOut = ['unshared', 'unfound'].map((table) => db.prepare(`DELETE FROM ${table} WHERE session_id = ?`))
  const revisions = new Map<string, string>()
  /** Sessions of which there may be facts: what was given up has brought some of them. */
  const begun = new Set<string>()
  /** Sessions of which there is more than panels read. */
  const whole = new Set<string>()
  const held = new Map<string, HeldFindings>()
  let last: { readonly key: string; readonly atMs: number } | null = null
  const left = db.prepare<[], number>('SELECT count(*) FROM unshared').pluck()
  let isClosed = false
  /** Another one once somebody has stopped what is being worked out. */
  let turn = 0
  /** One after another: each brings what the ones before it did not. */
  let bringing: Promise<void> = Promise.resolve()
  const pending = new Map<string, Pending>()

  const isFound = ({ id, revision }: Known): boolean => held.get(id)?.ofRevision === revision

  async function bring(range: Range, isWhole: boolean, key: string): Promise<void> {
    if (last !== null && last.key === key && Date.now() - last.atMs < freshMs) return
    const around = { fromMs: range.fromMs - besideMs, toMs: range.toMs + besideMs }
    const { sessions } = await source.sessions(around, mostSessions)
    const isChanged = ({ id, revision }: Known): boolean => revisions.get(id) !== revision
    const missing = isWhole ? sessions.filter((one) => !whole.has(one.id) || isChanged(one)) : []
    await bringTelling(missing)
    await under(doings, 'facts of sessions', (doing) => bringSummed(sessions.filter(isChanged), doing.at))
    await source.bringMetrics(db, around)
    await bringOthers(missing)
    last = { key, atMs: Date.now() }
  }

  /** Of sessions whose findings nobody has found the records that these are made of; what facts come of them beside is taken away again. */
  async function bringTelling(sessions: readonly Known[]): Promise<void> {
    if (sessions.length === 0) return
    await source.bringFindings(
      db,
      sessions.map(({ id }) => id),
      held,
    )
    const toFind = sessions.filter((one) => !isFound(one)).map(({ id }) => id)
    for (const id of toFind) {
      revisions.delete(id)
      begun.add(id)
    }
    for await (const body of readTellingLogs(raw.raw, raw.tables, toFind))
      writer.store([{ ...body, origin: 'received' }])
    // Settled where they were projected: here nobody knows all that settling looks at.
    db.exec('DELETE FROM unsettled')
  }

  async function bringSummed(changed: readonly Known[], at: Doing['at']): Promise<void> {
    if (changed.length === 0) return
    const ids = changed.map(({ id }) => id)
    const before = ids.filter((id) => begun.has(id))
    for (const id of before) {
      revisions.delete(id)
      whole.delete(id)
    }
    db.transaction(() => {
      for (const id of before) forget(id)
    })()
    for (const id of ids) begun.add(id)
    await source.bring(db, ids, at, 'summed')
    db.transaction(() => {
      sumUp(ids)
    })()
    for (const { id, revision } of changed) revisions.set(id, revision)
  }

  async function bringOthers(sessions: readonly Known[]): Promise<void> {
    if (sessions.length === 0) return
    const ids = sessions.map(({ id }) => id)
    await source.bring(db, ids, undefined, 'others')
    db.transaction(() => {
      for (const id of ids) toWorkOut.run(id)
    })()
    for (const id of ids) whole.add(id)
  }

  async function broughtFor(asked: AskedRange, isWhole: boolean): Promise<Reader> {
    const { fromMs = 0, toMs = Date.now() } = asked
    const range = { fromMs: Math.max(0, fromMs), toMs }
    const key = keyOf(asked, isWhole)
    const mine = pending.get(key) ?? begin(key, () => bring(range, isWhole, key))
    await mine.waiters.wait(mine.brought)
    return reader
  }

  /** All that ask about a range wait for one and the same. */
  function begin(key: string, work: () => Promise<void>): Pending {
    const crowd = waiters()
    const brought = crowd.run(() => bringing.catch(() => undefined).then(work))
    bringing = brought
    const mine = { waiters: crowd, brought }
    pending.set(key, mine)
    const done = (): void => {
      if (pending.get(key) === mine) pending.delete(key)
    }
    brought.then(done, done)
    return mine
  }
  const readerOf = (asked: AskedRange): Promise<Reader> => broughtFor(asked, true)

  /** Those that somebody found need not be worked out here. */
  async function bringFindings(): Promise<void> {
    await source.bringFindings(db, [...revisions.keys()], held)
    db.transaction(() => {
      for (const [id, revision] of revisions)
        if (isFound({ id, revision })) for (const done of isWorkedOut) done.run(id)
    })()
  }

  return {
    summedUp: (asked) => broughtFor(asked, false),
    readerOf,
    workedOut: (range) =>
      under(doings, 'findings of sessions', async (doing) => {
        await readerOf(range)
        await bringFindings()
        const mine = turn
        const total = left.get() ?? 0
        // In pieces, so that others are answered meanwhile.
        while (!isClosed && !writer.sumUp(pieceMs)) {
          doing.at(total - (left.get() ?? 0), total)
          await setImmediate()
          if (mine !== turn) throw stopped()
          if (waiting()?.aborted) throw new Left()
        }
        // What was worked out here may be of one above as well, and in place of what was found with all that was before it.
        if (total > 0) held.clear()
        return reader
      }),
    async withSeries() {
      await source.bringSeries(db)
      return reader
    },
    stop: () => void turn++,
    async close() {
      isClosed = true
      await bringing.catch(() => undefined)
      db.close()
    },
  }
}
