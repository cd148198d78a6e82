import type { Place, RolloutFact, Usage } from '../../model/codex/rollout/facts.ts'
import type { RolloutName } from '../../model/codex/rollout/file-name.ts'
import { rolloutStatements, type RolloutStatement } from './rollout-statements.ts'
import { firstShape, type RowShape } from './row-shape.ts'

type Values = unknown[]

/** What a file told since the last time, as it is written: made where it is read, so that the writer has nothing to do but to write. */
export interface Told {
  /** By the kinds of facts that a row is told by, one behind the other: the parameters of each, with a null for the file's number. */
  readonly rows: ReadonlyMap<string, readonly Values[]>
  /** From when until when the session was at work; null where nothing tells. */
  readonly span: { readonly first: number; readonly last: number } | null
  /** Threads that were begun. */
  readonly spawned: readonly string[]
  /** By the thread that the lines name: what a fork's file copied of it. */
  readonly copied: ReadonlyMap<string, Pick<Told, 'rows' | 'span'>>
}

/** A row as far as it is told. */
interface Row {
  shape: RowShape
  readonly values: Values
}

interface Teller {
  readonly add: (fact: RolloutFact) => void
  readonly size: number
  take(): Told
}

/**
 * Gathers what facts tell until it is taken. What several lines tell of one turn or call becomes one row, as far as it comes at once: a
 * call has three lines, and its row would be found and written three times otherwise.
 */
export function toldBy({ threadId, rolloutId }: Pick<RolloutName, 'threadId' | 'rolloutId'>): Teller {
  let rows: Row[] = []
  const merged = new Map<string, Map<unknown, Row>>()
  let spawned: string[] = []
  let [first, last, size] = [Infinity, -Infinity, 0]
  let copied = new Map<string, Teller>()

  function add(fact: RolloutFact): void {
    size++
    // Who begins a thread names it, and tells nothing else of it.
    if (fact.fact !== 'rollout_unknown' && fact.fact !== 'rollout_spawn' && fact.sessionId !== threadId) {
      const { sessionId } = fact
      const theirs = copied.get(sessionId) ?? toldBy({ threadId: sessionId, rolloutId })
      copied.set(sessionId, theirs)
      return theirs.add(fact)
    }
    const moment = momentOf(fact)
    if (moment !== null) [first, last] = [Math.min(first, moment), Math.max(last, moment)]
    if (fact.fact === 'rollout_spawn') spawned.push(fact.sessionId)
    const statement = rolloutStatements[fact.fact]
    const values = valuesOf(fact, rolloutId, statement)
    const known = knownRow(statement, values)
    if (known !== undefined) known.shape = known.shape.add(known.values, fact.fact, values)
    else rows.push(newRow(statement, { shape: firstShape(fact.fact), values }))
  }

  function knownRow({ table, key }: RolloutStatement, values: Values): Row | undefined {
    return key === null ? undefined : merged.get(table)?.get(values[key.length - 1])
  }

  function newRow({ table, key }: RolloutStatement, row: Row): Row {
    if (key === null) return row
    let ofTable = merged.get(table)
    if (ofTable === undefined) merged.set(table, (ofTable = new Map<unknown, Row>()))
    ofTable.set(row.values[key.length - 1], row)
    return row
  }

  return {
    add,
    get size() {
      return size
    },
    take(): Told {
      const theirs = new Map([...copied].map(([id, of]) => [id, of.take()]))
      const told = { rows: byShape(rows), span: first > last ? null : { first, last }, spawned, copied: theirs }
      merged.clear()
      copied = new Map<string, Teller>()
      ;[rows, spawned] = [[], []]
      ;[first, last, size] = [Infinity, -Infinity, 0]
      return told
    },
  }
}

/** In the order of their names: a compaction is told before its times are. */
function byShape(rows: readonly Row[]): Told['rows'] {
  const found = new Map<string, Values[]>()
  for (const { shape, values } of rows) {
    const same = found.get(shape.name)
    if (same === undefined) found.set(shape.name, [values])
    else same.push(values)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** SQLite has no booleans, and no objects: a usage and a place become columns. By position, since names cost as much as the insert. */
function valuesOf(fact: RolloutFact, rolloutId: string, { names }: RolloutStatement): Values {
  const { usage, place } = fact as { usage?: Usage; place?: Place }
  const own = fact as unknown as Readonly<Record<string, unknown>>
  const values: Values = []
  for (const name of names) {
    if (name === 'offset') values.push(place?.offset)
    else if (name === 'bytes') values.push(place?.length)
    else if (name === 'rolloutId') values.push(rolloutId)
    else {
      const value = own[name] ?? usage?.[name as keyof Usage] ?? null
      values.push(typeof value === 'boolean' ? Number(value) : value)
    }
  }
  return values
}

/** When the session was at work; null for what is said of another session. */
function momentOf(fact: RolloutFact): number | null {
  if (fact.fact === 'rollout_turn_start') return fact.startMs
  if (fact.fact === 'rollout_turn_end') return fact.endMs
  if (fact.fact === 'rollout_compaction_time') return fact.endMs
  return fact.fact === 'rollout_spawn' || fact.fact === 'rollout_unknown' ? null : fact.atMs
}
