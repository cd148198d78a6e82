import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'
import { unsettleOldPrices } from '../store/figures.ts'
import { priceDataUrl } from './fetch-price-data.ts'
import { fetchedAt, priceListOf, readOverrides, writeOverrides, writePriceData } from './price-list.ts'

const mostUnpriced = 100

/** Which prices are in use, and which models have none. A call that reports no usage lacks tokens, not a price. */
export function readPrices(db: Db): Value<'prices.read'> {
  const unpriced = db
    .prepare<[], { model: string | null; calls: number }>(
      `SELECT model, sum(calls) AS calls FROM (
         SELECT model, count(*) AS calls FROM api_call WHERE status = 'completed' AND cost_usd IS NULL GROUP BY 1
         UNION ALL SELECT model, count(*) FROM genai_call
           WHERE status = 'completed' AND cost_usd IS NULL AND coalesce(input_tokens, output_tokens) IS NOT NULL GROUP BY 1)
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostUnpriced}`,
    )
    .all()
  return {
    version: priceListOf(db).current().version,
    fetchedAtMs: fetchedAt(db),
    source: priceDataUrl,
    overrides: [...readOverrides(db)],
    unpriced,
    waiting: db.prepare<[], number>('SELECT count(*) FROM unsettled').pluck().get() ?? 0,
  }
}

type Handlers = {
  'prices.override': (params: ParsedParams<'prices.override'>) => Value<'prices.override'>
  'prices.forget': (params: ParsedParams<'prices.forget'>) => Value<'prices.forget'>
  'prices.keep': (params: ParsedParams<'prices.keep'>) => Value<'prices.keep'>
  'prices.restore': () => Value<'prices.restore'>
  'prices.recompute': () => Value<'prices.recompute'>
}

/** Each change marks the sessions, which are then priced anew in the background. */
export function priceHandlers(db: Db): Handlers {
  const changed = (): Record<string, never> => {
    unsettleOldPrices(db)
    return {}
  }
  return {
    'prices.override': (override) => {
      writeOverrides(db, [...readOverrides(db).filter(({ model }) => model !== override.model), override])
      return changed()
    },
    'prices.forget': ({ model }) => {
      writeOverrides(
        db,
        readOverrides(db).filter((override) => override.model !== model),
      )
      return changed()
    },
    'prices.keep': ({ json }) => {
      try {
        writePriceData(db, json, Date.now())
      } catch (error) {
        throw new ProcedureError('bad_request', error instanceof Error ? error.message : String(error))
      }
      return changed()
    },
    'prices.restore': () => {
      writePriceData(db, null, Date.now())
      return changed()
    },
    'prices.recompute': () => {
      db.transaction(() => {
        for (const table of ['api_call', 'genai_call']) db.prepare(`UPDATE ${table} SET price_version = NULL`).run()
        db.prepare('INSERT INTO unsettled (session_id) SELECT id FROM session WHERE true ON CONFLICT DO NOTHING').run()
      }).immediate()
      return {}
    },
  }
}
