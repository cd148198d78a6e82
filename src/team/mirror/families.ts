import type { Bounds } from '../records/bounds.ts'
import { countSpans, type Place } from '../records/read-sessions.ts'
import { under, type Doings } from '../doing.ts'
import { waiters, type Waiters } from '../waited-for.ts'
import type { FactsSource, Relatives } from './facts-source.ts'
import { openFamily, placeOf, type Family, type RawStore } from './family.ts'

/** So many are kept: what somebody looks at, and what it was opened from. */
const kept = 3
/** Questions about a session come in dozens: so long nobody looks whether there is more of it, and longer where looking takes long. */
const freshMs = 2000
const freshTimes = 10

/** A session of so many spans shows its rows before these are read: rows are made of facts, which few records tell. */
const rowsFirstFrom = 3000

interface Held {
  readonly stamp: string
  readonly family: Promise<Family>
  /** Of facts alone, and there earlier; null where that would gain nothing. */
  readonly rows: Promise<Family> | null
  readonly waiters: Waiters
  /** Sessions whose past has been brought. */
  readonly past: Map<string, Promise<void>>
  users: number
  dropped: boolean
}

export interface FamiliesOptions {
  readonly silenceMs: number
  readonly doings: Doings
  readonly rowsFrom?: number | undefined
}

/** Sessions whose records were read, the last few of them; one of which there is more is read anew. */
export interface Families {
  /** Asks of a session, or of several that are compared, with those above and below them. */
  readonly ask: <T>(ids: readonly string[], question: (family: Family) => T | Promise<T>) => Promise<T>
  /** Asks what facts alone tell of a session. */
  readonly askRows: <T>(id: string, question: (family: Family) => T | Promise<T>) => Promise<T>
  /** The same, with what the session's findings are compared with. */
  readonly askWithPast: <T>(id: string, question: (family: Family) => T | Promise<T>) => Promise<T>
  /** Asks the open ones in turn, the last one first, until one answers. */
  readonly askOpen: <T>(question: (family: Family) => T | null) => Promise<T | null>
  readonly close: () => Promise<void>
}

export function keepFamilies(
  raw: RawStore,
  source: FactsSource,
  { silenceMs, doings, rowsFrom = rowsFirstFrom }: FamiliesOptions,
): Families {
  const held = new Map<string, Held>()
  const looked = new Map<string, { untilMs: number; readonly held: Promise<Held>; readonly waiters: Waiters }>()

  function drop(key: string): void {
    const one = held.get(key)
    if (one === undefined) return
    held.delete(key)
    one.dropped = true
    closeIdle(one)
  }

  function closeIdle(one: Held): void {
    if (one.dropped && one.users === 0)
      for (const family of [one.family, one.rows])
        void family?.then(
          ({ db }) => db.close(),
          () => undefined,
        )
  }

  async function look(ids: readonly string[]): Promise<Held> {
    const families = await Promise.all(ids.map((id) => source.family(id)))
    const members = [...new Set(families.flatMap((one) => one.ids))].toSorted()
    const key = members.join(' ')
    const place = await placeOf(raw, members, untilOf(families))
    const { stamp, spans } = await stampOf(raw, place)
    const known = held.get(key)
    // The one that was asked last stands last.
    if (known?.stamp === stamp) held.delete(key)
    else drop(key)
    const one =
      known?.stamp === stamp
        ? known
        : {
            stamp,
            ...open(place, spans),
            past: new Map<string, Promise<void>>(),
            users: 0,
            dropped: false,
          }
    held.set(key, one)
    one.family.catch(() => {
      if (held.get(key) === one) drop(key)
    })
    for (const oldest of [...held.keys()].slice(0, -kept)) drop(oldest)
    return one
  }

  /** One after the other: at once, each would wait for the other's share of this thread. */
  function open(place: Place, spans: number): Pick<Held, 'family' | 'rows' | 'waiters'> {
    const crowd = waiters()
    const rows = spans < rowsFrom ? null : crowd.run(() => openFamily(raw, place, silenceMs, { factsOnly: true }))
    const whole = () =>
      under(doings, 'records of a session', (doing) => {
        const total = place.logRecords + spans
        return openFamily(raw, place, silenceMs, { factsOnly: false, read: (records) => doing.at(records, total) })
      })
    return { rows, family: crowd.run(() => (rows === null ? whole() : rows.then(whole))), waiters: crowd }
  }

  function find(ids: readonly string[]): Promise<Held> {
    const key = ids.join(' ')
    const last = looked.get(key)
    if (last !== undefined && performance.now() < last.untilMs) return last.waiters.wait(last.held)
    const begunMs = performance.now()
    const crowd = waiters()
    const now = { untilMs: Infinity, held: crowd.run(() => look(ids)), waiters: crowd }
    looked.clear()
    looked.set(key, now)
    now.held.then(
      () => {
        const endedMs = performance.now()
        now.untilMs = endedMs + Math.max(freshMs, freshTimes * (endedMs - begunMs))
      },
      // What failed is tried again by the next one who asks.
      () => {
        if (looked.get(key) === now) looked.delete(key)
      },
    )
    return crowd.wait(now.held)
  }

  async function use<T>(
    one: Held,
    question: (family: Family) => T | Promise<T>,
    family: Promise<Family> = one.family,
  ): Promise<T> {
    one.users++
    try {
      return await question(await one.waiters.wait(family))
    } finally {
      one.users--
      closeIdle(one)
    }
  }

  return {
    ask: async (ids, question) => use(await find(ids), question),
    askRows: async (id, question) => {
      const one = await find([id])
      return use(one, question, one.rows ?? one.family)
    },
    askWithPast: async (id, question) => {
      const one = await find([id])
      return use(one, async (family) => {
        const past = one.past.get(id) ?? one.waiters.run(() => bringPast(source, family, id))
        one.past.set(id, past)
        past.catch(() => one.past.delete(id))
        await one.waiters.wait(past)
        return question(family)
      })
    },
    async askOpen(question) {
      for (const one of [...held.values()].toReversed()) {
        const answer = await use(one, question)
        if (answer !== null) return answer
      }
      return null
    },
    async close() {
      for (const one of held.values()) await one.family.catch(() => undefined)
      for (const key of [...held.keys()]) drop(key)
    },
  }
}

/** Facts may be behind the records by so much, and nobody's session is cut off. */
const behindNs = 86_400_000_000_000n

/** All that came since the last record that is known of would be looked through. */
function untilOf(families: readonly Relatives[]): bigint | undefined {
  const last = families.map(({ lastNs }) => lastNs)
  return last.includes(null)
    ? undefined
    : last.reduce<bigint>((latest, ns) => (ns !== null && ns > latest ? ns : latest), 0n) + behindNs
}

async function bringPast(source: FactsSource, { ids, db }: Family, id: string): Promise<void> {
  const lasted = db
    .prepare<[string], Bounds>('SELECT first_ns AS fromNs, last_ns AS toNs FROM session WHERE id = ?')
    .safeIntegers(true)
    .get(id)
  if (lasted !== undefined) await source.bringPast(db, ids, lasted)
}

/** Another one once there is another record, whichever. */
async function stampOf(
  { raw, tables }: RawStore,
  place: Place,
): Promise<{ readonly stamp: string; readonly spans: number }> {
  const { logs, logRecords, traceIds } = place
  const spans = tables.traces === null ? 0 : await countSpans(raw, tables.traces, place)
  return { spans, stamp: [logRecords, logs?.fromNs, logs?.toNs, traceIds.length, spans].join(' ') }
}
