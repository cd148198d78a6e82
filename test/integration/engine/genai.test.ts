import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from './engine-under-test.ts'
import { chat, claudeCode, geminiCli, shop, support } from './genai-apps.ts'
import { beginMs, sdkApp, type SdkApp, type Transport } from './sdk-app.ts'
import { countRows } from './tables.ts'

describe.each<Transport>(['HTTP', 'gRPC'])("an application with OpenTelemetry's SDK, over %s", (transport) => {
  test('its model calls are rows with all that their spans say', async () => {
    await ran(
      transport,
      shop,
      (app) => support(app, 'conv-1'),
      (engine) => {
        const calls = rows(engine, 'SELECT * FROM genai_call ORDER BY start_ns')
        expect(calls).toHaveLength(3)
        expect(calls[0]).toMatchObject({
          ...{ session_id: 'conv-1', conversation: null, service: 'shop', version: '2.1', language: 'nodejs' },
          ...{ environment: 'staging', provider: 'openai', operation: 'chat', status: 'completed', error_type: null },
          ...{ request_model: 'gpt-4o', response_model: 'gpt-4o-2024-08-06', model: 'gpt-4o-2024-08-06', ttft_ms: 80 },
          ...{
            input_tokens: 1000,
            cached_tokens: 400,
            output_tokens: 200,
            reasoning_tokens: 50,
            cache_write_tokens: null,
          },
          ...{ finish_reasons: '["tool_call"]', duration_ns: 290e6, start_ns: (beginMs + 10) * 1e6 },
        })
        // gpt-4o: 2.5, 1.25 and 10 US dollars a million
        expect(calls[0]?.['cost_usd']).toBeCloseTo((600 * 2.5 + 400 * 1.25 + 200 * 10) / 1e6, 9)
        expect(calls[1]).toMatchObject({ operation: 'embeddings', provider: 'openai', input_tokens: 12 })
        expect(calls[1]?.['cost_usd']).toBeCloseTo((12 * 0.02) / 1e6, 12)
        expect(calls[2]).toMatchObject({ status: 'failed', error_type: '429', cost_usd: null, input_tokens: null })
        expect(rows(engine, 'SELECT kind, name, session_id FROM genai_step ORDER BY start_ns')).toEqual([
          { kind: 'agent', name: 'support', session_id: 'conv-1' },
          { kind: 'tool', name: 'search', session_id: 'conv-1' },
          { kind: 'agent', name: 'writer', session_id: 'conv-1' },
        ])
      },
    )
  })

  test('its session opens like one of Codex', async () => {
    await ran(
      transport,
      shop,
      (app) => support(app, 'conv-1'),
      async (engine) => {
        expect(await engine.ask('session.list', {})).toMatchObject({ sessions: [], total: 0 })
        const { sessions } = await engine.ask('session.list', { apps: 'genai' })
        expect(sessions).toMatchObject([
          {
            ...{ id: 'conv-1', kind: 'app', title: 'support', service: 'shop', environment: 'staging', user: 'ada' },
            ...{ apiCalls: 2, failedApiCalls: 1, toolCalls: 1, turns: 1, errors: 1, state: 'done', wallMs: 1000 },
            ...{ models: ['gpt-4o-2024-08-06', 'text-embedding-3-small'], busyMs: 1000 },
            tokens: { input: 1012, cached: 400, output: 200, reasoning: 50, cacheWrite: 0 },
          },
        ])
        const attributes = [
          { key: 'gen_ai.agent.name', value: 'support' },
          { key: 'gen_ai.agent.name', value: 'writer' },
          { key: 'gen_ai.provider.name', value: 'openai' },
        ]
        expect(await engine.ask('session.get', { id: 'conv-1' })).toMatchObject({ attributes })
        const among = async (value: string): Promise<number> => {
          const attribute = [{ key: 'gen_ai.provider.name', value }]
          return (await engine.ask('session.list', { apps: 'genai', filters: { attribute } })).total
        }
        expect([await among('openai'), await among('anthropic')]).toEqual([1, 0])
        const tree = await engine.ask('session.tree', { id: 'conv-1' })
        expect(outline(tree)).toEqual([
          'session_loop session',
          '  turn turn 1 (1)',
          '    api_call api_call (2)',
          '    tool_call search (1)',
          '      api_call api_call (1)',
          '    tool_call agent · writer (1)',
          '      api_call api_call error (1)',
        ])
        expect(tree.spanCount).toBe(7)
        expect(await engine.ask('session.get', { id: 'conv-1' })).toMatchObject({ spanCount: 7, traceCount: 1 })
        const call = tree.rows.find(({ kind }) => kind === 'api_call')
        expect(call?.parts.map(({ kind, durationMs }) => [kind, Math.round(durationMs)])).toEqual([
          ['model_wait', 80],
          ['model_stream', 210],
        ])
        const row = await engine.ask('session.row', { id: 'conv-1', rowId: call?.id ?? '' })
        expect(row.fields).toContainEqual({ name: 'provider', value: 'openai' })
        expect(row.span).toMatchObject({ record: { name: 'chat gpt-4o' } })
        const { spans } = await engine.ask('session.spans', { id: 'conv-1', rowId: call?.id ?? '' })
        expect(spans.map(({ name, depth }) => [name, depth])).toEqual([
          ['chat gpt-4o', 0],
          ['POST', 1],
        ])
        const ledger = await engine.ask('session.ledger', { id: 'conv-1' })
        const shares = new Map(ledger.shares.map(({ kind, ms }) => [kind, Math.round(ms ?? -1)]))
        expect([...shares.values()].reduce((sum, ms) => sum + ms, 0)).toBe(Math.round(ledger.wallMs))
        expect(shares.get('model_wait')).toBe(80)
        expect(shares.get('retry')).toBe(360)
        const { turns } = await engine.ask('session.turns', { id: 'conv-1' })
        expect(turns.map(({ entries }) => entries.map(({ title }) => title))).toEqual([
          ['api_call', 'search', 'api_call', 'agent · writer', 'api_call'],
        ])
        const ref = turns[0]?.entries[0]?.ref
        expect(ref).toMatchObject({ kind: 'span' })
        const receipts = await engine.ask('session.receipts', { id: 'conv-1' })
        expect(receipts.calls).toHaveLength(2)
        expect(receipts.total.costUsd).toBe(sessions[0]?.costUsd)
        const { fileName, exportId } = await engine.ask('export.start', { id: 'conv-1', format: 'json' })
        expect(fileName).toBe('shop-conv-1.session.json')
        await engine.ask('export.end', { exportId })
      },
    )
  })
})

test('a conversation over two traces is one session with a turn each', async () => {
  const both = (app: SdkApp): void => {
    support(app, 'conv-2')
    support(app, 'conv-2', 5000)
  }
  await ran('HTTP', shop, both, async (engine) => {
    const { sessions } = await engine.ask('session.list', { apps: 'all' })
    expect(sessions).toMatchObject([{ id: 'conv-2', turns: 2, apiCalls: 4, wallMs: 6000, busyMs: 2000 }])
    const tree = await engine.ask('session.tree', { id: 'conv-2' })
    expect(tree.rows.filter(({ kind }) => kind === 'turn').map(({ label }) => label)).toEqual(['turn 1', 'turn 2'])
    expect(tree.spanCount).toBe(14)
  })
})

test('without a conversation, a trace is a session', async () => {
  let traceId = ''
  const run = (app: SdkApp): void => {
    traceId = support(app, null).traceId
  }
  await ran('gRPC', shop, run, async (engine) => {
    const { sessions } = await engine.ask('session.list', { apps: 'genai' })
    expect(sessions).toMatchObject([{ id: traceId, apiCalls: 2 }])
    const tree = await engine.ask('session.tree', { id: traceId })
    expect(tree.spanCount).toBe(7)
    expect(outline(tree)).toContain('    tool_call search (1)')
  })
})

test('calls without an agent are the turn of their trace, side by side', async () => {
  const run = (app: SdkApp): void => {
    const request = app.start({ name: 'GET /', from: 0, to: 500, attributes: {} })
    for (const from of [100, 120]) {
      const attributes = { ...chat, 'gen_ai.usage.completion_tokens': from }
      app.span({ name: 'chat gpt-4o', from, to: from + 300, attributes, within: request.context })
    }
    request.end()
  }
  await ran('HTTP', shop, run, async (engine) => {
    const [session] = (await engine.ask('session.list', { apps: 'genai' })).sessions
    const tree = await engine.ask('session.tree', { id: session?.id ?? '' })
    expect(outline(tree)).toEqual([
      'session_loop session',
      '  turn turn 1 (1)',
      '    api_call api_call (1)',
      '    api_call api_call (1)',
    ])
    const calls = tree.rows.filter(({ kind }) => kind === 'api_call')
    expect(calls.map(({ detail }) => detail)).toEqual(['gpt-4o · 0 in, 100 out', 'gpt-4o · 0 in, 120 out'])
  })
})

test("Claude Code's calls are told by logs and spans, and counted once", async () => {
  await ran('gRPC', { 'service.name': 'claude-code', 'service.version': '2.1.0' }, claudeCode, async (engine) => {
    expect(rows(engine, 'SELECT * FROM genai_call ORDER BY start_ns')).toMatchObject([
      {
        ...{ session_id: 'claude-1', provider: 'anthropic', model: 'claude-sonnet-4-5', input_tokens: 5100 },
        ...{
          cached_tokens: 5000,
          cache_write_tokens: 90,
          output_tokens: 300,
          duration_ns: 798e6,
          event: null,
          reported_cost_usd: 0.01,
        },
        ...{ start_ns: (beginMs + 101) * 1e6, user: 'ada@example.com', version: '2.1.0' },
      },
      { status: 'failed', error_type: '529', event: 'api_error' },
    ])
    const { sessions } = await engine.ask('session.list', { apps: 'genai' })
    expect(sessions).toMatchObject([
      { id: 'claude-1', title: 'hello', prompts: 1, apiCalls: 1, failedApiCalls: 1, toolCalls: 1, failedToolCalls: 1 },
    ])
    // claude-sonnet-4-5: 3, 0.3, 3.75 and 15 US dollars a million
    expect(sessions[0]?.costUsd).toBeCloseTo((10 * 3 + 5000 * 0.3 + 90 * 3.75 + 300 * 15) / 1e6, 9)
    const tree = await engine.ask('session.tree', { id: 'claude-1' })
    expect(outline(tree)).toEqual([
      'session_loop session',
      '  turn turn 1 (1)',
      '    api_call api_call (1)',
      '    tool_call Bash error (1)',
      '    api_call api_call error',
    ])
    const { turns } = await engine.ask('session.turns', { id: 'claude-1' })
    expect(turns[0]?.entries.map(({ kind }) => kind)).toEqual(['prompt', 'api_call', 'tool_call', 'api_call'])
    const ref = turns[0]?.entries[1]?.ref
    expect(ref).toMatchObject({ kind: 'span' })
    expect((await engine.ask('session.logs', { id: 'claude-1' })).total).toBe(4)
    expect(countRows(engine.dataDir, ['metric_point'])).toEqual({ metric_point: 1 })
  })
})

test("Gemini CLI's calls are those of its logs, counted once", async () => {
  await ran('HTTP', { 'service.name': 'gemini-cli' }, geminiCli, async (engine) => {
    expect(rows(engine, 'SELECT * FROM genai_call')).toMatchObject([
      {
        ...{ session_id: 'gemini-1', provider: 'gcp.gemini', model: 'gemini-2.5-pro', input_tokens: 2000 },
        ...{ cached_tokens: 500, output_tokens: 130, reasoning_tokens: 30, finish_reasons: '["STOP"]' },
      },
    ])
    const tree = await engine.ask('session.tree', { id: 'gemini-1' })
    expect(outline(tree)).toEqual([
      'session_loop session',
      '  turn turn 1',
      '    api_call api_call (1)',
      '    tool_call read_file',
    ])
  })
})

async function ran(
  transport: Transport,
  resource: Record<string, string>,
  run: (app: SdkApp) => unknown,
  look: (engine: UnderTest) => void | Promise<void>,
): Promise<void> {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const app = sdkApp(engine, transport, resource)
      run(app)
      await app.close()
      await engine.settled()
      await look(engine)
    }),
  )
}

function rows({ dataDir }: UnderTest, sql: string): Record<string, unknown>[] {
  const db = openForReading(dataDir)
  try {
    return db.prepare<[], Record<string, unknown>>(sql).all()
  } finally {
    db.close()
  }
}

function outline({ rows: all }: Value<'session.tree'>): string[] {
  const byId = new Map(all.map((row) => [row.id, row]))
  const depth = (row: (typeof all)[number]): number => {
    const parent = byId.get(row.parentId ?? '')
    return parent === undefined ? 0 : 1 + depth(parent)
  }
  return all.map((row) => {
    const marks = [row.status === 'ok' ? '' : ` ${row.status}`, row.spanCount === 0 ? '' : ` (${row.spanCount})`]
    return `${'  '.repeat(depth(row))}${row.kind} ${row.label}${marks.join('')}`
  })
}
