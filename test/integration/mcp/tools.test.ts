import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tools } from '../../../src/mcp/tools/index.ts'
import { loadCapture } from '../../captures.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { connect } from './client-under-test.ts'

function recorded(...captures: readonly string[]): { data: string; ids: readonly string[] } {
  const data = join(temporaryFolder(), 'data')
  for (const name of captures) storeCapture(data, name)
  return { data, ids: captures.map((name) => userOf(name)) }
}

/** The id of the session that a person began. */
function userOf(capture: string): string {
  return loadCapture(capture).conversations.find(({ kind }) => kind === 'user')?.conversation ?? ''
}

const longest = 8 * 1024

/** What each tool has to be asked with. */
function askedWith(id: string): Readonly<Record<string, object>> {
  return {
    show_row: { row: `s:${id}`, session: id },
    compare_sessions: { a: id, b: 'last' },
    sql: { sql: 'SELECT * FROM tool_calls' },
  }
}

test('every tool answers as its own schema says, in 8 KiB, and refuses what it does not know', async () => {
  const { data, ids } = recorded('03_errors_retries', '22_many_steps')
  const { client, call, failure } = await connect(data)
  const listed = await client.listTools()
  expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
  for (const { name, description, annotations } of listed.tools) {
    expect(description?.length ?? 0, name).toBeGreaterThan(100)
    expect(annotations?.readOnlyHint, name).toBe(true)
    const params = askedWith(ids[0] ?? '')[name] ?? {}
    const answer = await call(name, params)
    expect(Buffer.byteLength(JSON.stringify(answer)), name).toBeLessThanOrEqual(longest)
    expect(await failure(name, { ...params, maxKib: 'much', sesion: 'x' }), name).toMatch(
      /maxKib: .*Unrecognized key: "sesion"/,
    )
  }
  const wide = Array.from({ length: 1500 }, (_, i) => `1 AS column_${String(i)}`).join(', ')
  const { leftOut } = await call('sql', { sql: `SELECT ${wide}` })
  expect(leftOut).toEqual([
    expect.stringMatching(/^1 more of rows: .*fewer columns/),
    expect.stringContaining('more of columns'),
  ])
  const cut = await call('sql', { sql: 'SELECT hex(zeroblob(60000)) AS long', maxKib: 256 })
  expect(cut.leftOut).toEqual([expect.stringContaining('ask for parts of them with substr')])
  expect((await failure('sql', { ['k'.repeat(100_000)]: 1 })).length).toBeLessThan(2000)
  await expect(client.callTool({ name: 'delete_all' })).rejects.toThrow(
    /^MCP error -32602: there is no tool delete_all: there are explain_/,
  )
})

test('a footer is drawn of the thread that Codex shows, without its words where agents may not see them in the tool', async () => {
  const { data, ids } = recorded('03_errors_retries')
  const { client, call } = await connect(data)
  const listed = (await client.listTools()).tools.filter(({ _meta }) => _meta !== undefined)
  expect(listed).toMatchObject([
    {
      title: 'Colophon',
      _meta: { 'openai/ui': { entrypoints: [{ type: 'statusline', resourceUri: 'ui://colophon/footer' }] } },
    },
  ])
  const thread = { id: ids[0], usage: { context: { used_percentage: 12 } } }
  const read = async () => {
    const _meta = { 'com.openai/codex-statusline-state': { thread } }
    const { contents } = await client.readResource({ uri: 'ui://colophon/footer', _meta })
    expect(contents).toMatchObject([{ uri: 'ui://colophon/footer', mimeType: 'application/json' }])
    return JSON.parse((contents[0] as { text: string }).text) as { children: { children: string[] }[] }
  }
  expect((await read()).children.flatMap(({ children }) => children)).toEqual(['context 12 %'])
  let next: string[] = []
  while (next.length < 2) {
    // The store is looked at between two reads, when nothing else is to be done.
    await new Promise((done) => setImmediate(done))
    next = (await read()).children.flatMap(({ children }) => children)
  }
  expect(next.at(-2)).toBe('context 12 %')
  expect(next.at(-1)).toContain('The API refused once for too many requests')
  expect((await call('footer')).line).toContain('The API refused once')
  const { contents } = await client.readResource({ uri: 'ui://colophon/footer' })
  expect(contents).toMatchObject([{ text: 'null' }])
})

test('sessions are resources in Markdown, and prompts ask what people ask', async () => {
  const { data, ids } = recorded('03_errors_retries')
  const { client } = await connect(data)
  const { resources } = await client.listResources()
  const uri = `colophon://session/${String(ids[0])}`
  expect(resources.map((resource) => resource.uri)).toEqual(['ui://colophon/footer', uri])
  expect((await client.listResourceTemplates()).resourceTemplates[0]?.uriTemplate).toBe('colophon://session/{id}')
  const { contents } = await client.readResource({ uri })
  const { text } = contents[0] as { text: string }
  expect(text).toContain(`| Session | \`${String(ids[0])}\` |`)
  expect(text).toContain('## Findings')
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(longest)
  await expect(client.readResource({ uri: 'colophon://session/nobody' })).rejects.toThrow('there is no session nobody')
  await expect(client.readResource({ uri: 'colophon://other' })).rejects.toThrow('there is no resource')

  const { prompts } = await client.listPrompts()
  expect(prompts.map(({ title }) => title)).toEqual(['Why was my last session slow?', 'What did this week cost?'])
  for (const { name } of prompts) expect((await client.getPrompt({ name })).messages).toHaveLength(1)
  await expect(client.getPrompt({ name: 'none' })).rejects.toThrow('there is no prompt none')
})

test('a session is explained: verdict, shares of its time, findings with what would help, cost', async () => {
  const { data, ids } = recorded('09_subagents', '03_errors_retries')
  const { call, failure } = await connect(data)
  const told = await call('explain_session', { session: ids[1]?.slice(0, 20) })
  expect(told).toMatchObject({
    verdict: expect.stringContaining('99 % of 1.7 s busy time was retries: a request over the rate limit.') as string,
    session: { id: ids[1], errors: 4 },
    ledger: expect.arrayContaining([expect.objectContaining({ share: 'retry' })]) as unknown[],
  })
  expect((told.findings as { kind: string; help: string }[]).map(({ kind }) => kind)).toEqual([
    'rate-limit',
    'api-unstable',
  ])
  const newest = await call('explain_session')
  expect(newest).toMatchObject({ session: { id: ids[0] }, family: [{ relation: 'helper' }, { relation: 'helper' }] })
  expect(await failure('explain_session', { session: 'nobody' })).toBe('there is no session nobody')
})

test('sessions are listed by range, state and page, and what is not shown is said', async () => {
  const { data, ids } = recorded('03_errors_retries', '09_subagents')
  const { call } = await connect(data)
  const first = await call('list_sessions', { limit: 1 })
  expect(first).toMatchObject({
    total: 2,
    sessions: [{ id: ids[1] }],
    leftOut: ['1 older sessions: ask with offset 1'],
  })
  expect(await call('list_sessions', { limit: 1, offset: 1 })).toMatchObject({ sessions: [{ id: ids[0] }] })
  expect(await call('list_sessions', { state: 'done' })).toMatchObject({ total: 1, sessions: [{ id: ids[1] }] })
  expect(await call('list_sessions', { until: '2026-01-01' })).toEqual({ total: 0, sessions: [] })
  expect(await call('list_sessions', { helpers: true })).toMatchObject({ total: 4 })
  expect(await call('list_sessions', { project: '', model: '', words: '' })).toMatchObject({ total: 2 })
})

// Windows takes no file away that somebody has open.
test.skipIf(process.platform === 'win32')(
  'a store that was taken away answers no more, and another in its place at once',
  async () => {
    const { data, ids } = recorded('03_errors_retries')
    const { call, failure } = await connect(data)
    expect(await call('explain_session')).toMatchObject({ session: { id: ids[0] } })
    rmSync(data, { recursive: true })
    expect(await failure('explain_session')).toContain('there is no Colophon database')
    storeCapture(data, '02_classic')
    expect(await call('explain_session')).toMatchObject({ session: { id: userOf('02_classic') } })
    renameSync(data, `${data}-before`)
    storeCapture(data, '03_errors_retries')
    expect(await call('explain_session')).toMatchObject({ session: { id: ids[0] } })
  },
)

test('costs add up to the same by whatever they are told apart, and name sessions by their ids', async () => {
  const { data, ids } = recorded('02_classic', '09_subagents')
  const { call, failure } = await connect(data)
  const of = async (by: string) => {
    const told = await call('costs', { by, since: '2020-01-01' })
    return told as { totalUsd: number; costs: { name: string; usd: number | null; calls: number }[] }
  }
  const { costs: days, totalUsd } = await of('day')
  const sum = (rows: typeof days, figure: 'usd' | 'calls'): number =>
    rows.reduce((all, row) => all + (row[figure] ?? 0), 0)
  expect(totalUsd).toBeGreaterThan(0)
  for (const by of ['day', 'model', 'project', 'session']) {
    const { costs } = await of(by)
    expect(sum(costs, 'calls'), by).toBe(sum(days, 'calls'))
    expect(sum(costs, 'usd'), by).toBeCloseTo(totalUsd, 4)
  }
  expect((await of('session')).costs.map(({ name }) => name)).toEqual(expect.arrayContaining([...ids]))
  const [newest] = days
  expect(days.map(({ name }) => name)).toEqual([...days.map(({ name }) => name)].sort().reverse())
  // A day begins where the days of the answer do.
  expect((await call('costs', { since: newest?.name })).costs).toEqual([newest])
  expect((await call('costs', { since: '2020-01-01', until: newest?.name })).costs).toEqual(days.slice(1))
  expect(await failure('costs', { since: '2026-05-02', until: '2026-05-01' })).toContain('ends before it begins')
})
