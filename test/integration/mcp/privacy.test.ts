import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellsLengths, type Agents } from '../../../src/contract/settings.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { readSettings, writeSettings } from '../../../src/engine/store/settings.ts'
import { tools } from '../../../src/mcp/tools/index.ts'
import { jsonBody, logRequest, texts } from '../engine/requests.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { connect, type ClientUnderTest } from './client-under-test.ts'

const id = '01a1f850-0000-7000-8000-000000000001'
const planted = { showPrompts: 'plantedprompt', showArguments: 'plantedargument', showOutputs: 'plantedoutput' }
const secret = 'sk-proj-Zz19aa82bb73cc64dd55ee46'
const startMs = Date.now() - 60_000

/** A session that says all of it: a prompt, and a command that was approved three times, failed and wrote. */
function plantedSession(): ReturnType<typeof jsonBody> {
  let atMs = startMs
  const record = (event: string, attributes: Readonly<Record<string, string>>): object => ({
    observedTimeUnixNano: `${String((atMs += 5000))}000000`,
    attributes: texts({ 'event.name': event, 'conversation.id': id, 'turn.id': 'turn-1', ...attributes }),
  })
  const command = JSON.stringify({ cmd: `${planted.showArguments} --key ${secret}` })
  const calls = ['call-1', 'call-2', 'call-3'].flatMap((call_id) => {
    const call = { call_id, tool_name: 'exec_command' }
    return [
      record('codex.tool_decision', { ...call, decision: 'approved', source: 'User' }),
      record('codex.tool_result', {
        ...call,
        arguments: command,
        output: `${planted.showOutputs} ${secret}\nProcess exited with code 1`,
        duration_ms: '4000',
        success: 'false',
      }),
    ]
  })
  const prompt = record('codex.user_prompt', { prompt: `${planted.showPrompts} with ${secret}` })
  return jsonBody('logs', logRequest(prompt, ...calls))
}

/** All that every tool says of it, as text. */
async function everything({ call }: ClientUnderTest): Promise<string> {
  const { rows } = (await call('session_timeline', { session: id })) as { rows: { rowId: string }[] }
  const asked: [name: string, params: object][] = [
    ...tools
      .filter(({ name }) => !['show_row', 'compare_sessions'].includes(name))
      .map(({ name }) => [name, {}] as const),
    ...rows.map(({ rowId }) => ['show_row', { session: id, row: rowId }] as const),
    ['compare_sessions', { a: id, b: id }],
    ...['call', 'tool'].map((by) => ['slowest', { by }] as const),
    ['costs', { by: 'session' }],
    ...['sessions', 'turns', 'tool_calls', 'findings'].map(
      (view) => ['sql', { sql: `SELECT * FROM ${view}` }] as const,
    ),
    [
      'sql',
      { sql: `SELECT replace(title, 'sk-', '') || substr(prompt, 5) FROM sessions JOIN turns ON session_id = id` },
    ],
  ].map(([name, params]) => [name as string, { ...(params as object), maxKib: 256 }])
  const answers = []
  for (const [name, params] of asked) answers.push(JSON.stringify(await call(name, params)))
  return answers.join('\n')
}

test('prompts, arguments and outputs go out where the user lets agents see each of them, and secrets never do', async () => {
  const data = join(temporaryFolder(), 'data')
  storeCapture(data, '22_many_steps', [plantedSession()])
  const agents = await connect(data)
  const wholly = { showPrompts: true, showArguments: true, showOutputs: true }
  const each = (Object.keys(planted) as (keyof Agents)[]).map((only): Agents => ({ ...tellsLengths, [only]: true }))
  for (const allowed of [tellsLengths, ...each, wholly]) {
    const db = openForWriting(data)
    writeSettings(db, { ...readSettings(db), agents: allowed })
    db.close()
    const said = await everything(agents)
    for (const [name, words] of Object.entries(planted))
      expect(said.includes(words), `${words} with ${JSON.stringify(allowed)}`).toBe(allowed[name as keyof Agents])
    expect(said).not.toContain(secret.slice(3))
  }
})

test('a statement reaches no table behind the views, however it names it', async () => {
  const data = join(temporaryFolder(), 'data')
  storeCapture(data, '22_many_steps', [plantedSession()])
  const { failure, call } = await connect(data)
  const ways = [
    'SELECT text FROM prompt',
    'SELECT text FROM main.prompt',
    'SELECT text FROM "main"."prompt"',
    'SELECT text FROM [main] . prompt',
    "SELECT text FROM 'main'.prompt",
    'SELECT text FROM main/**/.prompt',
    'SELECT text FROM main--\n.prompt',
    'WITH prompt AS (SELECT * FROM main\n.prompt) SELECT * FROM prompt',
    'SELECT hex(bytes) FROM body',
    'DELETE FROM sessions',
  ]
  for (const sql of ways) expect(await failure('sql', { sql }), sql).toMatch(/views alone|only SELECT/)
  expect(
    await call('sql', { sql: "SELECT 'main street' AS a, count(*) FROM sessions WHERE branch IS NOT 'main'" }),
  ).toMatchObject({ rows: [['main street', 1]] })
})
