import { expect, test } from 'vitest'
import { loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { jsonBody } from './requests.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'
import { readFacts } from './tables.ts'

interface Value {
  stringValue?: string
}

interface Attribute {
  key: string
  value: Value
}

interface LogRecord {
  attributes: Attribute[]
  body?: Value
  eventName?: string
}

/** A run in JSON, which can be written anew as another version or another program would send it. */
const { bodies } = loadCapture('10_json_redacted')

function rewritten(change: (key: string, value: unknown) => unknown): readonly CapturedBody[] {
  return bodies.map(({ signal, bytes }) => jsonBody(signal, JSON.parse(new TextDecoder().decode(bytes), change)))
}

/** Each log record changed by what it is and its name. */
function withLogs(change: (record: LogRecord, name: string) => void): readonly CapturedBody[] {
  return rewritten((key, value) => {
    if (key !== 'logRecords') return value
    for (const record of value as LogRecord[]) {
      const name = record.attributes.find((attribute) => attribute.key === 'event.name')?.value.stringValue
      if (name !== undefined) change(record, name)
    }
    return value
  })
}

function setName(record: LogRecord, attribute: string | null, field: string, body: string | null): void {
  record.attributes = record.attributes.filter(({ key }) => key !== 'event.name')
  if (attribute !== null) record.attributes.push({ key: 'event.name', value: { stringValue: attribute } })
  record.eventName = field
  if (body === null) delete record.body
  else record.body = { stringValue: body }
}

function stored<T>(of: readonly CapturedBody[], use: (store: StoreUnderTest, dataDir: string) => T): Promise<T> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of of) store.store(body)
    store.settle()
    try {
      return use(store, dataDir)
    } finally {
      store.close()
    }
  })
}

const factsOf = (of: readonly CapturedBody[]): ReturnType<typeof stored<unknown>> =>
  stored(of, (_store, dataDir) => readFacts(dataDir))

const source = 'event otel/src/events/session_telemetry.rs:703'

test.each([
  [
    'its attribute overwritten by a source line',
    (record: LogRecord, name: string) => {
      setName(record, source, name, null)
    },
  ],
  [
    'no attribute',
    (record: LogRecord, name: string) => {
      setName(record, null, name, null)
    },
  ],
  [
    'only its body',
    (record: LogRecord, name: string) => {
      setName(record, source, source, name)
    },
  ],
  [
    'words as its body',
    (record: LogRecord, name: string) => {
      setName(record, source, name, 'something happened')
    },
  ],
])('an event with %s to name it is the same event', async (_how, change) => {
  expect(await factsOf(withLogs(change))).toEqual(await factsOf(bodies))
})

test('a client of the app-server that names its process itself changes nothing but the name', async () => {
  const renamed = rewritten((key, value) =>
    (key === 'stringValue' || key === 'name') && value === 'codex_exec' ? 'Zed' : value,
  )
  const plain = asText(await factsOf(bodies)).replaceAll('codex_exec', 'Zed')
  expect(asText(await factsOf(renamed)) === plain).toBe(true)
  await stored(renamed, ({ reader }) => {
    expect(reader['health.names']({}).codexServices).toEqual(['Zed'])
    expect(reader['process.list']({}).processes.map(({ service }) => service)).toEqual(['Zed'])
  })
})

function asText(facts: unknown): string {
  return JSON.stringify(facts, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

test('names that nobody has seen are told, and what is known beside them counts as ever', async () => {
  const renamed = withLogs((record, name) => {
    if (name === 'codex.tool_decision') setName(record, 'codex.tool_verdict', source, null)
  })
  await stored(renamed, ({ reader }) => {
    const { names, notUnderstood } = reader['health.names']({})
    expect(names.filter(({ unknownEvent }) => unknownEvent).map(({ name }) => name)).toEqual(['codex.tool_verdict'])
    expect(notUnderstood.senders).toEqual([])
    expect(reader['session.list']({ helpers: true, limit: 9, offset: 0 }).sessions[0]).toMatchObject({ state: 'done' })
  })
})

test('a session of which nothing is understood is told as such, and is not done', async () => {
  const renamed = withLogs((record, name) => {
    setName(record, name.replace('codex.', 'codex.v2.'), source, null)
  })
  await stored(
    renamed.filter(({ signal }) => signal === 'logs'),
    ({ reader }) => {
      const { sessions } = reader['session.list']({ helpers: true, limit: 9, offset: 0 })
      expect(sessions.map(({ state }) => state)).toEqual(sessions.map(() => 'unknown'))
      const { senders } = reader['health.names']({}).notUnderstood
      expect(senders).toMatchObject([{ service: 'codex_exec', sessions: sessions.length }])
    },
  )
})

test('a count that is none adds to nothing and is told by where it stood', async () => {
  const renamed = withLogs((record) => {
    for (const { key, value } of record.attributes) if (key === 'input_token_count') value.stringValue = '-5'
  })
  await stored(renamed, ({ reader }) => {
    const [session] = reader['session.list']({ helpers: true, limit: 9, offset: 0 }).sessions
    expect(session?.tokens.input).toBe(0)
    expect(session?.apiCalls).toBeGreaterThan(0)
    expect(reader['health.names']({}).notUnderstood.values).toMatchObject([
      { name: 'codex.sse_event', key: 'input_token_count', signal: 'logs', records: session?.apiCalls },
    ])
    const { rows } = reader['session.tree']({ id: session?.id ?? '' })
    const call = rows.find(({ kind }) => kind === 'api_call')
    expect(reader['session.row']({ id: session?.id ?? '', rowId: call?.id ?? '' }).fields).toContainEqual({
      name: 'not understood',
      value: 'input_token_count is "-5", which is not a count and adds to nothing',
    })
  })
})
