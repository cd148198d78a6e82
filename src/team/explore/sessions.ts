import { bornMs } from '../../model/codex/rollout/file-name.ts'
import { isNarrowed, type Filters } from '../../model/panels/filters.ts'
import { notKnown } from '../../engine/queries/called.ts'
import type { Called } from '../../model/session/name.ts'
import type { Params, TeamReader } from '../connection.ts'
import type { Range } from '../mirror/facts-source.ts'
import type { RangeStore } from '../mirror/range-store.ts'
import { chunksOf } from '../records/chunks.ts'
import { conditionsOf, paramsOfFilters } from '../questions/session-filters.ts'
import { rangeNs } from './range.ts'

/** What of a record's conversation filters ask. */
export interface Among {
  readonly sql: (conversation: string) => string
  readonly params: Params
}

/** Which sessions there are, by what facts say. */
export interface Sessions {
  /** null where nothing is narrowed. */
  readonly among: (filters: Filters, range: Range) => Promise<Among | null>
  /** What those that are there are called. */
  readonly called: (ids: readonly string[]) => Promise<ReadonlyMap<string, Called>>
}

/** `table`: that of the sessions, as `sessionsNow` has it. */
export function projectedSessions(facts: TeamReader, table: string, silenceMs: number): Sessions {
  return {
    among: (filters, range) =>
      Promise.resolve(isNarrowed(filters) ? amongFacts(table, filters, range, silenceMs) : null),
    async called(ids) {
      const found = new Map<string, Called>()
      for (const some of chunksOf(ids))
        for (const { id, ...called } of await facts.rows<Called & { readonly id: string }>(
          `SELECT id, title, folder, first_ns / 1e6 AS startedAtMs FROM colophon_sessions FINAL WHERE id IN {ids:Array(String)}`,
          { ids: some },
        ))
          found.set(id, { ...called, startedAtMs: Number(called.startedAtMs) })
      return found
    },
  }
}

function amongFacts(table: string, filters: Filters, range: Range, silenceMs: number): Among {
  const { fromNs, toNs } = rangeNs(range)
  const conditions = [
    ...['last_ns >= {amongFromNs:Int64}', 'first_ns <= {amongToNs:Int64}', ...conditionsOf(filters)],
    ...(filters.helpers ? [] : ["kind = 'user'"]),
  ]
  const sessions = `SELECT id FROM ${table} WHERE ${conditions.map((sql) => `(${sql})`).join(' AND ')}`
  return {
    sql: (conversation) => `${conversation} IN (${sessions})`,
    params: {
      ...paramsOfFilters(filters, Date.now(), silenceMs),
      ...{ amongFromNs: String(fromNs), amongToNs: String(toNs) },
    },
  }
}

/** Without facts: those of a range of which some are made, and every conversation is one. */
export function sessionsOnTheSpot(ranges: RangeStore): Sessions {
  return {
    async among(filters, range) {
      if (!isNarrowed(filters)) return null
      const list = (await ranges.readerOf(range))['session.list']
      const asked = { ...range, filters, apps: 'all', helpers: true, limit: 10_000, offset: 0 } as const
      const ids = list(asked).sessions.map(({ id }) => id)
      return { sql: (conversation) => `${conversation} IN {among:Array(String)}`, params: { among: ids } }
    },
    called: (ids) => {
      const named = ids.filter((id) => id !== '')
      return Promise.resolve(new Map(named.map((id) => [id, { ...notKnown, startedAtMs: bornMs(id) }])))
    },
  }
}
