import type { Place, RolloutFact, Usage } from '../../model/codex/rollout/facts.ts'
import type { RolloutName } from '../../model/codex/rollout/file-name.ts'
import { rolloutStatements, type RolloutKind } from './rollout-statements.ts'

type Values = unknown[]

/** What a file told since the last time, as it is written: made where it is read, so that the writer has nothing to do but to write. */
export interface Told {
  /** By the kinds of facts that a row is told by, one behind the other: the parameters of each, with a null for the file's number. */
  readonly rows: ReadonlyMap<string, readonly Values[]>
  /** From when until when the session was at work; null where nothing tells. */
  readonly span: { readonly first: number; readonly last: number } | null
  /** Threads that were begun. */
  readonly spawned: readonly string[]
}

/** What is told of one row, by kind: the last of a kind counts. */
type Row = Map<RolloutKind, Values>

/**
 * Gathers what facts tell until it is taken. What several lines tell of one turn or call becomes one row, as far as it comes at once: a
 * call has three lines, and its row would be found and written three times otherwise.
 */
export function toldBy({ threadId, rolloutId }: Pick<RolloutName, 'threadId' | 'rolloutId'>) {
  const single = new Map<RolloutKind, Values[]>()
  const merged = new Map<string, Map<unknown, Row>>()
  let spawned: string[] = []
  let [first, last, size] = [Infinity, -Infinity, 0]

  function add(fact: RolloutFact): void {
    // The answers of an ancestor stand in a legacy fork as copies, with the time of copying; they are told by its own file.
    if (fact.fact === 'rollout_call' && fact.sessionId !== threadId) return
    size++
    const moment = momentOf(fact)
    if (moment !== null) [first, last] = [Math.min(first, moment), Math.max(last, moment)]
    if (fact.fact === 'rollout_spawn') spawned.push(fact.sessionId)
    const { key, table, names } = rolloutStatements[fact.fact]
    const values = valuesOf(fact, rolloutId, names)
    if (key === null) return void entryOf(single, fact.fact, () => []).push(values)
    const rows = entryOf(merged, table, () => new Map<unknown, Row>())
    entryOf(rows, values[key.length - 1], () => new Map()).set(fact.fact, values)
  }

  return {
    add,
    get size() {
      return size
    },
    take(): Told {
      // A compaction is told before its times are.
      const rows = new Map<string, Values[]>([...single].sort(([a], [b]) => (a < b ? -1 : 1)))
      for (const ofTable of merged.values())
        for (const row of ofTable.values()) {
          const kinds = [...row.keys()].sort()
          entryOf(rows, kinds.join(' '), () => []).push(kinds.flatMap((kind, i) => ownOf(row, kind, i > 0)))
        }
      const told = { rows, span: first > last ? null : { first, last }, spawned }
      single.clear()
      merged.clear()
      spawned = []
      ;[first, last, size] = [Infinity, -Infinity, 0]
      return told
    },
  }
}

/** The values of one kind of a row; the key's stand once, before all others. */
function ownOf(row: Row, kind: RolloutKind, hasKey: boolean): Values {
  const values = row.get(kind) ?? []
  return hasKey ? values.slice(rolloutStatements[kind].key?.length) : values
}

function entryOf<K, V>(of: Map<K, V>, key: K, make: () => V): V {
  const known = of.get(key)
  if (known !== undefined) return known
  const made = make()
  of.set(key, made)
  return made
}

/** SQLite has no booleans, and no objects: a usage and a place become columns. By position, since names cost as much as the insert. */
function valuesOf(fact: RolloutFact, rolloutId: string, names: readonly string[]): Values {
  const { usage, place } = fact as { usage?: Usage; place?: Place }
  const own = fact as unknown as Readonly<Record<string, unknown>>
  return names.map((name) => {
    if (name === 'rolloutId') return rolloutId
    if (name === 'offset') return place?.offset
    if (name === 'bytes') return place?.length
    const value = own[name] ?? usage?.[name as keyof Usage] ?? null
    return typeof value === 'boolean' ? Number(value) : value
  })
}

/** When the session was at work; null for what is said of another session. */
function momentOf(fact: RolloutFact): number | null {
  if (fact.fact === 'rollout_turn_start') return fact.startMs
  if (fact.fact === 'rollout_turn_end') return fact.endMs
  if (fact.fact === 'rollout_compaction_time') return fact.endMs
  return fact.fact === 'rollout_spawn' || fact.fact === 'rollout_unknown' ? null : fact.atMs
}
