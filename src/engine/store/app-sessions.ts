import { longestValue, mostAttributes } from '../../model/codex/session-attributes.ts'
import type { Settled } from '../../model/codex/settle/index.ts'
import { mergeTold } from '../../model/genai/merge.ts'
import { keyOf, type Placed } from '../../model/genai/requests.ts'
import { appSession } from '../../model/genai/session.ts'
import { settleApp } from '../../model/genai/settle.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { readAppCalls, readAppSteps } from './app-facts.ts'
import { appPricer } from './app-prices.ts'
import type { Db } from './database.ts'
import { settledFactWriter } from './app-settled-facts.ts'
import { readTold, toldColumns, type ToldRow } from './read-told.ts'
import { toldHomes } from './told-homes.ts'

export interface AppSessions {
  /** Settles which sessions the records of a trace or conversation belong to. */
  gather(key: string): void
  /** Takes away what applications said of a conversation that is Codex's. */
  yieldToCodex(sessionId: string): void
  /** Writes the session's row anew from what its records tell; without any, there is none. */
  settle(sessionId: string): void
}

interface Extent {
  firstNs: bigint | null
  lastNs: bigint
}

/** Sessions of applications other than Codex; the caller holds the transaction. */
export function appSessions(
  db: Db,
  writeSettled: (id: string, firstNs: bigint, settled: Pick<Settled, 'session'>) => void,
  list: { readonly current: () => PriceList } = priceListOf(db),
): AppSessions {
  const told = db
    .prepare<[string], ToldRow>(`SELECT ${toldColumns} FROM genai_told WHERE session_id = ? AND kind <> 'mention'`)
    .safeIntegers(true)
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const traces = db
    .prepare<object, string>(
      "SELECT DISTINCT trace_id FROM genai_told WHERE session_id = @id AND conversation IS NOT @id AND trace_id <> ''",
    )
    .pluck()
  const remove = db.prepare('DELETE FROM genai_told WHERE conversation = @id')
  const release = db.prepare('UPDATE genai_told SET session_id = NULL, request = NULL WHERE session_id = @id')
  const removeSession = db.prepare("DELETE FROM session WHERE id = ? AND kind = 'app'")
  const columns = 'start_ns, duration_ns, service, environment, version, user, trace_id'
  const facts = `(SELECT ${columns} FROM genai_call WHERE session_id = @id UNION ALL SELECT ${columns} FROM genai_step WHERE session_id = @id)`
  const extent = db
    .prepare<object, Extent>(
      `SELECT min(start_ns) AS firstNs, max(start_ns + coalesce(duration_ns, 0)) AS lastNs FROM ${facts}`,
    )
    .safeIntegers(true)
  const upsert = db.prepare(
    `INSERT INTO session (id, first_ns, last_ns, service, environment, app_version, user, seen_spans, kind)
     SELECT @id, min(start_ns), max(start_ns + coalesce(duration_ns, 0)), min(service), min(environment), min(version), min(user),
       max(trace_id <> ''), 'app' FROM ${facts} WHERE true
     ON CONFLICT DO UPDATE SET (first_ns, last_ns, service, environment, app_version, user, seen_spans) =
       (excluded.first_ns, excluded.last_ns, excluded.service, excluded.environment, excluded.app_version, excluded.user,
       excluded.seen_spans)`,
  )
  // Whom it asked and which agents ran are what others look for it by: as attributes they are columns, filters and found by search.
  const [provider, agent] = ['gen_ai.provider.name', 'gen_ai.agent.name']
  const unsay = db.prepare(
    `DELETE FROM session_attribute WHERE session_id = @id AND key IN ('${provider}', '${agent}')`,
  )
  const say = db.prepare(
    `INSERT INTO session_attribute (session_id, key, value) SELECT * FROM (
       SELECT @id, '${provider}', substr(provider, 1, ${longestValue}) FROM genai_call WHERE session_id = @id AND provider <> ''
       UNION SELECT @id, '${agent}', substr(name, 1, ${longestValue}) FROM genai_step WHERE session_id = @id AND kind = 'agent' AND name <> ''
       LIMIT ${mostAttributes}) WHERE true ON CONFLICT DO NOTHING`,
  )
  const gather = toldHomes(db)
  const write = settledFactWriter(db)
  const { price, sum } = appPricer(db, list)

  return {
    gather,
    yieldToCodex(id) {
      const released = traces.all({ id })
      if (remove.run({ id }).changes + release.run({ id }).changes > 0) unsay.run({ id })
      write(id, { calls: [], steps: [] })
      for (const traceId of released) unsettle.run(traceId)
    },
    settle(id) {
      const rows = told.all(id)
      const requests = new Map(rows.map((row) => [keyOf(row), row.request]))
      const placed = rows.map((row): Placed => ({ ...readTold(row), above: row.above }))
      write(
        id,
        mergeTold(placed, (one) => requests.get(keyOf(one)) ?? null),
      )
      unsay.run({ id })
      const { firstNs } = extent.get({ id }) as Extent
      if (firstNs === null) {
        removeSession.run(id)
        return
      }
      price(id)
      upsert.run({ id })
      say.run({ id })
      const session = settleApp(appSession(readAppCalls(db, id, firstNs), readAppSteps(db, id, firstNs)))
      writeSettled(id, firstNs, { session })
      sum(id)
    },
  }
}
