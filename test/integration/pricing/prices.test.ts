import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { procedures, type ParsedParams } from '../../../src/contract/index.ts'
import { priceHandlers } from '../../../src/engine/pricing/procedures.ts'
import { updatePrices } from '../../../src/engine/pricing/update.ts'
import { withCaptures, type StoredCaptures } from '../engine/stored-captures.ts'

/** Of one model: input and output in US dollars for a million tokens. */
function priceData(model: string, input: number, output: number): string {
  const models = [model, 'gpt-5'].map((id) => ({
    id,
    match: { equals: id },
    prices: { input_mtok: input, output_mtok: output },
  }))
  return JSON.stringify([{ id: 'openai', name: 'OpenAI', api_pattern: 'https://api\\.openai\\.com', models }])
}

function costOf({ db }: StoredCaptures): { usd: number | null; unpriced: number; version: string } {
  return db
    .prepare<[], { usd: number | null; unpriced: number; version: string }>(
      `SELECT sum(cost_usd) AS usd, sum(unpriced_calls) AS unpriced,
         (SELECT group_concat(DISTINCT price_version) FROM api_call WHERE status = 'completed') AS version FROM session`,
    )
    .get() as { usd: number | null; unpriced: number; version: string }
}

function override(params: object): ParsedParams<'prices.override'> {
  return procedures['prices.override'].params.parse({ cached: null, cacheWrite: null, ...params })
}

test('a price of one’s own stands before the list, prices every call anew, and goes again', () =>
  withCaptures(['01_code_multi'], (store) => {
    const handlers = priceHandlers(store.db)
    const before = costOf(store)
    expect(before).toMatchObject({ usd: null, unpriced: 7 })
    expect(store.reader['prices.read']({}).unpriced).toEqual([{ model: 'gpt-6.1-sol', calls: 7 }])
    handlers['prices.override'](override({ model: 'gpt-6.1-sol', input: 10, cached: 1, output: 100 }))
    expect(store.reader['prices.read']({}).waiting).toBeGreaterThan(0)
    store.settle()
    const tokens = store.db
      .prepare<[], { input: number; cached: number; output: number }>(
        'SELECT sum(input_tokens) AS input, sum(cached_tokens) AS cached, sum(output_tokens) AS output FROM session',
      )
      .get()
    const { input, cached, output } = tokens ?? { input: 0, cached: 0, output: 0 }
    const after = costOf(store)
    expect(after.usd).toBeCloseTo(((input - cached) * 10 + cached * 1 + output * 100) / 1e6, 12)
    expect(after.unpriced).toBe(0)
    expect(after.version).toMatch(/^genai-prices [\d.]+ \+ own [0-9a-f]{6}$/)
    const receipts = store.reader['session.receipts']({ id: store.user })
    expect(receipts).toMatchObject({ priceVersion: after.version, unpriced: [] })
    expect(receipts.calls[0]?.price?.provider).toBe('own')
    handlers['prices.forget']({ model: 'gpt-6.1-sol' })
    store.settle()
    expect(costOf(store)).toEqual(before)
  }))

test('costs are made anew on request, with the same result', () =>
  withCaptures(['02_classic'], (store) => {
    const before = costOf(store)
    expect(before.usd).toBeGreaterThan(0)
    store.db.prepare('UPDATE api_call SET cost_usd = 99').run()
    priceHandlers(store.db)['prices.recompute']()
    store.settle()
    expect(costOf(store)).toEqual(before)
  }))

test('price data that was fetched is used, kept with its version, and left again', () =>
  withCaptures(['02_classic'], (store) => {
    const handlers = priceHandlers(store.db)
    const before = costOf(store)
    handlers['prices.keep']({ json: priceData('gpt-5.5', 1_000, 0) })
    store.settle()
    const after = costOf(store)
    expect(after.version).toMatch(/^genai-prices of \d{4}-\d\d-\d\d \([0-9a-f]{6}\)$/)
    expect(after.usd).toBeGreaterThan((before.usd ?? 0) * 10)
    expect(store.reader['prices.read']({})).toMatchObject({
      version: after.version,
      fetchedAtMs: expect.any(Number) as number,
    })
    handlers['prices.restore']()
    store.settle()
    expect(costOf(store)).toEqual(before)
  }))

test.each([
  ['nonsense', 'cannot be read'],
  ['{}', 'cannot be read'],
  ['[]', 'no well-known model'],
  [JSON.stringify([{ id: 'x', models: 5 }]), 'cannot be read'],
])('price data that says %s is not kept', (json, why) =>
  withCaptures(['02_classic'], (store) => {
    const before = store.reader['prices.read']({})
    expect(() => priceHandlers(store.db)['prices.keep']({ json })).toThrow(why)
    expect(store.reader['prices.read']({})).toEqual(before)
  }),
)

async function serving(
  answer: (url: string) => { status: number; body: string; breaks?: boolean },
  use: (base: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((request, response) => {
    const { status, body, breaks = false } = answer(request.url ?? '')
    response.writeHead(status, { location: '/elsewhere' })
    response.write(body, () => (breaks ? response.destroy() : response.end()))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    await new Promise((closed) => server.close(closed))
  }
}

test('an update keeps what was fetched; what cannot be fetched is told and changes nothing', async () => {
  const kept: string[] = []
  const store = {
    keep: (json: string) => {
      kept.push(json)
      return Promise.resolve({ ok: true, value: {} } as const)
    },
    read: () => Promise.resolve({ ok: false, error: { code: 'internal', message: 'read' } } as const),
  }
  const update = async (url: string): Promise<string> => {
    const answer = await updatePrices(store, url)
    return answer.ok ? 'ok' : answer.error.message
  }
  await serving(
    (url) =>
      ({
        '/data.json': { status: 200, body: '[1]' },
        '/moved': { status: 302, body: '' },
        '/broken': { status: 200, body: '[1', breaks: true },
        '/long': { status: 200, body: ' '.repeat(20 * 1024 * 1024 + 1) },
      })[url] ?? { status: 404, body: '' },
    async (base) => {
      expect(await update(`${base}/data.json`)).toBe('read')
      expect(kept).toEqual(['[1]'])
      expect(await update(`${base}/nothing`)).toMatch(/answered 404$/)
      expect(await update(`${base}/moved`)).toMatch(/^the price data could not be fetched/)
      expect(await update(`${base}/broken`)).toMatch(/could not be fetched from [\d.:]+: the connection broke off/)
      expect(await update(`${base}/long`)).toMatch(/could not be fetched from [\d.:]+: it is longer than 20 MiB/)
    },
  )
  expect(await update('http://127.0.0.1:1/data.json')).toMatch(/could not be fetched from 127\.0\.0\.1:1: /)
  expect(kept).toEqual(['[1]'])
})
