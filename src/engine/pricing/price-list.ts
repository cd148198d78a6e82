import { createHash } from 'node:crypto'
import { z } from 'zod'
import { priceOverride, type PriceOverride } from '../../contract/prices.ts'
import { withOverrides, type Price, type PriceList } from '../../model/pricing/price.ts'
import type { Db } from '../store/database.ts'
import { bundledPrices, fetchedPrices } from './genai-prices.ts'

const overridesKey = 'price_overrides'
const dataKey = 'price_data'

/** Price data that the user asked for, as it was fetched. */
export interface PriceData {
  readonly fetchedAtMs: number
  /** The start of the data's hash: two updates of one day may differ. */
  readonly id: string
  /** JSON, in the package's own form. */
  readonly json: string
}

const storedData = z.object({ fetchedAtMs: z.number(), id: z.string(), json: z.string() })

/** The price list in use: the user's own prices, then what was fetched last, else what came with the product. */
export function priceListOf(db: Db): { current: () => PriceList } {
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  // Half a megabyte: read when it has changed, which its name tells.
  const idOfData = db.prepare<[string], string>("SELECT value ->> '$.id' FROM setting WHERE key = ?").pluck()
  let base = bundledPrices
  let knownId: string | undefined
  let knownOverrides: string | undefined
  let list = base

  return {
    current() {
      const id = idOfData.get(dataKey)
      const overrides = read.get(overridesKey)
      if (id === knownId && overrides === knownOverrides) return list
      if (id !== knownId) base = fetchedList(read.get(dataKey)) ?? bundledPrices
      knownId = id
      knownOverrides = overrides
      list = withOwn(base, overrides)
      return list
    },
  }
}

function fetchedList(value: string | undefined): PriceList | null {
  if (value === undefined) return null
  const data = storedData.parse(JSON.parse(value))
  return fetchedPrices(versionOf(data), data.json)
}

function versionOf({ fetchedAtMs, id }: PriceData): string {
  return `genai-prices of ${new Date(fetchedAtMs).toISOString().slice(0, 10)} (${id})`
}

function withOwn(base: PriceList, value: string | undefined): PriceList {
  const overrides = value === undefined ? [] : z.array(priceOverride).parse(JSON.parse(value))
  if (overrides.length === 0) return base
  const list = withOverrides(base, new Map(overrides.map((override) => [override.model, priceOf(override)])))
  return { ...list, version: `${base.version} + own ${hashOf(value ?? '')}` }
}

function priceOf({ model, input, cached, cacheWrite, output }: PriceOverride): Price {
  const flat = (rate: number | null): Price['cached'] => (rate === null ? null : { base: rate, tiers: [] })
  return {
    provider: 'own',
    model,
    from: null,
    input: { base: input, tiers: [] },
    cached: flat(cached),
    cacheWrite: flat(cacheWrite),
    output: flat(output),
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}

export function readOverrides(db: Db): readonly PriceOverride[] {
  const value = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(overridesKey)
  return value === undefined ? [] : z.array(priceOverride).parse(JSON.parse(value))
}

export function fetchedAt(db: Db): number | null {
  const value = db
    .prepare<[string], number>("SELECT value ->> '$.fetchedAtMs' FROM setting WHERE key = ?")
    .pluck()
    .get(dataKey)
  return value ?? null
}

export function writeOverrides(db: Db, overrides: readonly PriceOverride[]): void {
  const sorted = [...overrides].sort((a, b) => (a.model < b.model ? -1 : 1))
  put(db, overridesKey, sorted.length === 0 ? null : JSON.stringify(sorted))
}

/** Keeps data that was fetched, or goes back to what came with the product. Throws an Error in words when it cannot be read. */
export function writePriceData(db: Db, json: string | null, nowMs: number): void {
  if (json === null) {
    put(db, dataKey, null)
    return
  }
  const data: PriceData = { fetchedAtMs: nowMs, id: hashOf(json), json }
  if (fetchedPrices(versionOf(data), json).find('gpt-5', nowMs) === null)
    throw new Error('the price data contains no well-known model: it was not kept')
  put(db, dataKey, JSON.stringify(data))
}

function put(db: Db, key: string, value: string | null): void {
  if (value === null) db.prepare('DELETE FROM setting WHERE key = ?').run(key)
  else
    db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
      key,
      value,
    )
}
