import type { Settled } from '../../model/codex/settle/index.ts'
import { appSession } from '../../model/genai/session.ts'
import { settleApp } from '../../model/genai/settle.ts'
import { priceCall, type Usage } from '../../model/pricing/cost.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { priceListOf } from '../pricing/price-list.ts'
import { readAppCalls, readAppSteps } from './app-facts.ts'
import type { Db } from './database.ts'
import { recordVersions } from './record-versions.ts'

export interface AppSessions {
  /** Gives calls and steps that name no conversation to the one that others of their trace name. */
  gather(traceId: string): void
  /** Takes away what applications said of a conversation that is Codex's. */
  yieldToCodex(sessionId: string): void
  /** Writes the session's row anew from its facts; without any, there is none. */
  settle(sessionId: string): void
}

interface Extent {
  firstNs: bigint | null
  lastNs: bigint
}

interface UnpricedCall extends Usage {
  startNs: string
  traceId: string
  spanId: string
  requestModel: string | null
}

/** Sessions of applications other than Codex; the caller holds the transaction. */
export function appSessions(
  db: Db,
  writeSettled: (id: string, firstNs: bigint, settled: Pick<Settled, 'session'>) => void,
  { current }: { readonly current: () => PriceList } = priceListOf(db),
): AppSessions {
  const conversationOf = db
    .prepare<object, string | null>(
      `SELECT min(conversation) FROM (
         SELECT conversation FROM genai_call WHERE trace_id = @traceId
         UNION ALL SELECT conversation FROM genai_step WHERE trace_id = @traceId)`,
    )
    .pluck()
  const strays = db
    .prepare<object, string>(
      `SELECT session_id FROM genai_call WHERE trace_id = @traceId AND conversation IS NULL AND session_id <> @home
       UNION SELECT session_id FROM genai_step WHERE trace_id = @traceId AND conversation IS NULL AND session_id <> @home`,
    )
    .pluck()
  const bring = both((table) =>
    db.prepare(`UPDATE ${table} SET session_id = @home WHERE trace_id = @traceId AND conversation IS NULL`),
  )
  const bringLogs = db.prepare(
    `UPDATE log SET conversation = (SELECT key FROM conversation WHERE id = @home)
     WHERE conversation = (SELECT key FROM conversation WHERE id = @traceId)`,
  )
  const versions = recordVersions(db)
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const traces = db
    .prepare<object, string>(
      `SELECT trace_id FROM genai_call WHERE session_id = @id AND conversation IS NULL
       UNION SELECT trace_id FROM genai_step WHERE session_id = @id AND conversation IS NULL`,
    )
    .pluck()
  const release = both((table) =>
    db.prepare(`UPDATE ${table} SET session_id = trace_id WHERE session_id = @id AND conversation IS NULL`),
  )
  const remove = both((table) => db.prepare(`DELETE FROM ${table} WHERE session_id = @id`))
  const removeSession = db.prepare("DELETE FROM session WHERE id = ? AND kind = 'app'")
  const facts = `(SELECT start_ns, duration_ns, service, environment, version, user, trace_id FROM genai_call WHERE session_id = @id
    UNION ALL SELECT start_ns, duration_ns, service, environment, version, user, trace_id FROM genai_step WHERE session_id = @id)`
  const extent = db
    .prepare<object, Extent>(`SELECT min(start_ns) AS firstNs, max(start_ns + duration_ns) AS lastNs FROM ${facts}`)
    .safeIntegers(true)
  const upsert = db.prepare(
    `INSERT INTO session (id, first_ns, last_ns, service, environment, app_version, user, seen_spans, kind)
     SELECT @id, min(start_ns), max(start_ns + duration_ns), min(service), min(environment), min(version), min(user),
       max(trace_id <> ''), 'app' FROM ${facts} WHERE true
     ON CONFLICT DO UPDATE SET (first_ns, last_ns, service, environment, app_version, user, seen_spans) =
       (excluded.first_ns, excluded.last_ns, excluded.service, excluded.environment, excluded.app_version, excluded.user,
       excluded.seen_spans)`,
  )
  const unpriced = db.prepare<[string, string], UnpricedCall>(
    `SELECT CAST(start_ns AS TEXT) AS startNs, trace_id AS traceId, span_id AS spanId, start_ns / 1e6 AS atMs, model,
       request_model AS requestModel, provider, NULL AS tier, input_tokens AS input, cached_tokens AS cached,
       cache_write_tokens AS cacheWrite, output_tokens AS output
     FROM genai_call WHERE session_id = ? AND status = 'completed' AND price_version IS NOT ?`,
  )
  const setCost = db.prepare(
    `UPDATE genai_call SET cost_usd = @usd, price_version = @version
     WHERE start_ns = CAST(@startNs AS INTEGER) AND trace_id = @traceId AND span_id = @spanId`,
  )
  const setSum = db.prepare(
    `UPDATE session SET (cost_usd, unpriced_calls) = (
       SELECT sum(cost_usd), count(*) - count(cost_usd) FROM genai_call WHERE session_id = @id AND status = 'completed')
     WHERE id = @id`,
  )

  return {
    gather(traceId) {
      const conversation = conversationOf.get({ traceId }) ?? null
      const params = { traceId, home: conversation ?? traceId }
      if (conversation !== null && bringLogs.run(params).changes > 0) versions.renewNamed(traceId, conversation)
      const from = strays.all(params)
      if (from.length === 0) return
      bring(params)
      for (const id of [...from, params.home]) unsettle.run(id)
    },
    yieldToCodex(id) {
      const released = traces.all({ id })
      release({ id })
      remove({ id })
      for (const traceId of released) unsettle.run(traceId)
    },
    settle(id) {
      const { firstNs } = extent.get({ id }) as Extent
      if (firstNs === null) {
        removeSession.run(id)
        return
      }
      const prices = current()
      for (const { startNs, traceId, spanId, requestModel, ...usage } of unpriced.all(id, prices.version)) {
        const answered = priceCall(usage, prices)
        const priced = answered.receipt ?? priceCall({ ...usage, model: requestModel }, prices).receipt
        setCost.run({ usd: priced?.usd ?? null, version: prices.version, startNs, traceId, spanId })
      }
      upsert.run({ id })
      const session = settleApp(appSession(readAppCalls(db, id, firstNs), readAppSteps(db, id, firstNs)))
      writeSettled(id, firstNs, { session })
      setSum.run({ id })
    },
  }
}

function both(prepare: (table: string) => ReturnType<Db['prepare']>): (params: object) => void {
  const statements = ['genai_call', 'genai_step'].map(prepare)
  return (params) => {
    for (const statement of statements) statement.run(params)
  }
}
