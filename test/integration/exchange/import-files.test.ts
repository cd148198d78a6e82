import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { countRows } from '../engine/tables.ts'
import { logsLine, metricsLine, spansLine } from './foreign-files.ts'
import { exportedJson, importPaths, storeCapture } from './sessions.ts'

interface Imported {
  readonly error: string | null
  readonly records: Readonly<Record<string, number>>
  readonly rows: Readonly<Record<string, number>>
}

/** Imports one file with this content into an empty store. */
function importing(name: string, content: string | Buffer): Promise<Imported> {
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    const dataDir = join(folder, 'data')
    const [file] = await importPaths(dataDir, path)
    if (file === undefined) throw new Error('no answer')
    return { error: file.error, records: file.records, rows: countRows(dataDir) }
  })
}

const lines = [spansLine(0), logsLine, metricsLine, spansLine(1)].join('\n')
const allOfThem = { traces: 4, logs: 1, metrics: 1 }

test.each([
  ['lines of another service', 'otel.jsonl', lines],
  ['lines that end with a newline, after a byte order mark', 'otel.json', `\ufeff${lines}\n`],
  ['lines of Windows, with empty ones between', 'otel.ndjson', `${lines.replaceAll('\n', '\r\n\r\n')}\r\n`],
  ['lines in gzip', 'otel.jsonl.gz', gzipSync(lines)],
  ['lines under any name', 'telemetry', lines],
  [
    'one document with all signals',
    'all.json',
    JSON.stringify(Object.assign({}, ...lines.split('\n').map((line) => JSON.parse(line) as object))),
  ],
  ['one document over many lines', 'pretty.json', JSON.stringify(JSON.parse(spansLine(0)), null, 2)],
  ['a document with an empty line before', 'pretty', `\n${JSON.stringify(JSON.parse(spansLine(0)), null, 2)}`],
])('%s: every record is stored', async (_what, name, content) => {
  const { error, records, rows } = await importing(name, content)
  expect(error).toBeNull()
  const spans = name.startsWith('pretty') || name === 'all.json' ? 2 : 4
  expect(rows).toMatchObject({ span: spans, log: name.startsWith('pretty') ? 0 : 1 })
  expect(records).toEqual({ ...(name.startsWith('pretty') ? { logs: 0, metrics: 0 } : allOfThem), traces: spans })
})

test.each(['traces', 'logs', 'metrics'] as const)(
  'raw %s are recognised by the file’s name, and without it',
  async (signal) => {
    const { bytes } = loadCapture('09_subagents').bodies.find((body) => body.signal === signal) ?? {
      bytes: new Uint8Array(),
    }
    const named = await importing(`0001-${signal}.pb`, Buffer.from(bytes))
    expect(named.error).toBeNull()
    expect(named.records[signal]).toBeGreaterThan(0)
    expect(await importing('body.pb.gz', gzipSync(bytes))).toEqual(named)
    expect(await importing('body', Buffer.from(bytes))).toEqual(named)
  },
)

const [good = '', logs = ''] = lines.split('\n')
const notUtf8 = Buffer.concat([
  Buffer.from(`${good}\n{"resourceLogs":[`),
  Buffer.from([0xff, 0xfe]),
  Buffer.from(']}\n'),
])
const wrongType = spansLine(0).replace('"startTimeUnixNano":"1795166851003949200"', '"startTimeUnixNano":"soon"')

test.each([
  [
    'a line that is cut off',
    'a.jsonl',
    `${good}\n${logs}\n${good.slice(0, 200)}`,
    /^line 3, column 201: not JSON: it ends/,
  ],
  [
    'a third line that is broken',
    'a.jsonl',
    `${good}\n${logs}\n{"resourceSpans":[}]}\n${good}`,
    /^line 3, column 19: not JSON/,
  ],
  ['a first line that is broken', 'a.jsonl', `{"resourceSpans":\n${good}`, /^line 1, column 18: not JSON/],
  ['a document that is cut off', 'a.json', '{\n "resourceSpans": [\n', /^line \d, column \d+: not JSON: it ends/],
  [
    'a value of the wrong type',
    'a.jsonl',
    `${good}\n${wrongType}`,
    /^line 2: resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.startTimeUnixNano: /,
  ],
  ['a list in the place of an object', 'a.jsonl', `${good}\n[1]`, /^line 2: not a JSON object/],
  ['bytes that are no text', 'a.jsonl', notUtf8, /^line 2, column 18: not UTF-8/],
  ['other JSON', 'a.json', '{"name":"x"}', /^line 1: no resourceSpans/],
  ['another format', 'a.json', '{"format":"har"}', /the format "har" is not known/],
  [
    'a session of a later version',
    'a.json',
    '{"format":"colophon.session","version":2}',
    /newer Colophon \(format version 2/,
  ],
  ['a session without its records', 'a.json', '{"format":"colophon.session","version":1}', /^line 1: producer: /],
  ['gzip that is cut off', 'a.jsonl.gz', gzipSync(lines).subarray(0, 150), /gzip data is damaged or cut off/],
  [
    'a request that is cut off',
    'traces.pb',
    Buffer.from(loadCapture('08_mcp').bodies[0]?.bytes ?? []).subarray(0, 5000),
    /no OTLP request of traces: .*byte/,
  ],
  ['bytes of anything', 'a.pb', Buffer.from('hello'), /no OTLP request/],
  ['nothing', 'a.json', '', /empty/],
])('%s is refused with the place, and nothing of the file is stored', async (_what, name, content, message) => {
  const { error, rows } = await importing(name, content)
  expect(error).toMatch(message)
  expect(rows).toMatchObject({ body: 0, span: 0, log: 0, metric_point: 0, session: 0 })
})

test('a bad file among good ones is left out, and only that', async () => {
  await inTemporaryFolder(async (folder) => {
    const paths = ['one.jsonl', 'bad.jsonl', 'two.jsonl', 'missing.jsonl'].map((name) => join(folder, name))
    const [one = '', bad = '', two = ''] = paths
    writeFileSync(one, spansLine(0))
    writeFileSync(bad, `${spansLine(1)}\n{`)
    writeFileSync(two, spansLine(2))
    const dataDir = join(folder, 'data')
    const files = await importPaths(dataDir, ...paths)
    expect(files.map(({ error }) => error === null)).toEqual([true, false, true, false])
    expect(files[3]?.error).toContain('no such file')
    expect(countRows(dataDir)).toMatchObject({ span: 4 })
  })
})

test('what is in one large request is stored in bodies that are quick to read, each with its resource and scope', async () => {
  const { error, rows } = await importing('large.json', spansLine(0, 20_000))
  expect(error).toBeNull()
  expect(rows['span']).toBe(20_000)
  expect(rows['body']).toBeGreaterThan(2)
})

test('a session keeps all that its records hold through a file of other hands: pretty-printed, keys in another order', async () => {
  await inTemporaryFolder(async (folder) => {
    const first = join(folder, 'first')
    const [id = ''] = storeCapture(first, '09_subagents')
    const text = exportedJson(first, id)
    const document = JSON.parse(text) as Record<string, unknown>
    const file = join(folder, 'pretty.json')
    writeFileSync(file, JSON.stringify(Object.fromEntries(Object.entries(document).reverse()), null, 2))
    const second = join(folder, 'second')
    await importPaths(second, file)
    expect(exportedJson(second, id) === text).toBe(true)
  })
})
