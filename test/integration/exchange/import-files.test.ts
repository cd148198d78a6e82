import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ImportedFile } from '../../../src/contract/exchange.ts'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { countRows } from '../engine/tables.ts'
import { logsLine, metricsLine, spansLine } from './foreign-files.ts'
import { exportedJson, importPaths, storeCapture } from './sessions.ts'

interface Imported {
  readonly error: string | null
  readonly leftOut: ImportedFile['leftOut']
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
    return { error: file.error, leftOut: file.leftOut, records: file.records, rows: countRows(dataDir) }
  })
}

const lines = [spansLine(0), logsLine, metricsLine, spansLine(1)].join('\n')
const allOfThem = { traces: 4, logs: 1, metrics: 1 }

test.each([
  ['lines of another service', 'otel.jsonl', lines],
  ['lines that end with a newline, after a byte order mark', 'otel.json', `\ufeff${lines}\n`],
  ['lines of Windows, with empty ones between', 'otel.ndjson', `${lines.replaceAll('\n', '\r\n\r\n')}\r\n`],
  ['lines in gzip', 'otel.jsonl.gz', gzipSync(lines)],
  ['lines in zstd', 'otel.jsonl.zst', zstdCompressSync(lines)],
  [
    'lines in several frames of zstd, under any name',
    'telemetry',
    Buffer.concat(lines.split('\n').map((line) => zstdCompressSync(`${line}\n`))),
  ],
  ['documents on one line', 'otel.json', lines.replaceAll('\n', '')],
  ['documents on one line, with blanks between', 'otel.json', lines.replaceAll('\n', ' \t')],
  ['lines under any name', 'telemetry', lines],
  [
    'one document with all signals',
    'all.json',
    JSON.stringify(Object.assign({}, ...lines.split('\n').map((line) => JSON.parse(line) as object))),
  ],
  ['one document over many lines', 'pretty.json', JSON.stringify(JSON.parse(spansLine(0)), null, 2)],
  ['a document with an empty line before', 'pretty', `\n${JSON.stringify(JSON.parse(spansLine(0)), null, 2)}`],
])('%s: every record is stored', async (_what, name, content) => {
  const { error, leftOut, records, rows } = await importing(name, content)
  expect(error).toBeNull()
  expect(leftOut).toEqual({ count: 0, first: [] })
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
const cut = good.slice(0, 200)
const cutInText = good.slice(0, good.indexOf('shop') + 2)
const broken = '{"resourceSpans":[}]}'
const pretty = (line: number): string => JSON.stringify(JSON.parse(spansLine(line)), null, 2)

/** What else is in the file beside two spans and a log record, which are stored in any case. */
test.each([
  ['a last line that is cut off', `${good}\n${logs}\n${cut}`, [/^line 3, column 201: not JSON: it ends/]],
  ['a line that is cut off, with more behind it', `${cut}\n${good}\n${logs}`, [/^line 1, column 201: not JSON/]],
  ['a line cut off in a text', `${good}\n${cutInText}\n${logs}`, [/^line 2, column \d+: not JSON: it ends/]],
  ['a line cut off, and the next one written behind it', `${cut}${good}\n${logs}`, [/^line 1, column 201: not JSON/]],
  [
    'a line cut off in a text, and the next one behind it',
    `${logs}\n${cutInText}${good}`,
    [/^line 2, column \d+: not/],
  ],
  ['lines that are broken', `${good}\n${broken}\n${broken}\n${logs}`, [/^line 2, column 19/, /^line 3, column 19/]],
  ['a document that is broken between two on a line', `${good}${broken}${logs}`, [/^line 1, column \d{3,}: not JSON/]],
  ['a key without a value', `{"resourceSpans":\n${good}\n${logs}`, [/^line 1, column 18: not JSON/]],
  [
    'a value of the wrong type',
    `${good}\n${wrongType()}\n${logs}`,
    [/^line 2: resourceSpans\[0\].*startTimeUnixNano: /],
  ],
  ['a broken part of a document', `${good}\n${halfBroken()}\n${logs}`, [/^line 2: resourceLogs\[0\]/]],
  ['lines of anything', `${good}\n[1]\nhello\n${logs}`, [/^line 2: not a JSON object/, /^line 3, column 1: not JSON/]],
  ['other JSON', `{"name":"x"}\n${good}\n${logs}`, [/^line 1: no resourceSpans/]],
  [
    'documents over many lines, one broken',
    `${pretty(0)}\n${pretty(1).replace('[', '[}')}\n${logs}`,
    [/^line \d\d, .*not JSON/],
  ],
  [
    'documents over many lines, the last cut off',
    `${pretty(0)}\n${logs}\n${pretty(1).slice(0, -9)}`,
    [/not JSON: it ends/],
  ],
  [
    'bytes that are no text',
    Buffer.concat([
      Buffer.from(`${good}\n${logs}\n{"resourceLogs":["`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"]}\n'),
    ]),
    [/^line 3, column 19: not UTF-8/],
  ],
  ['a span with empty ids', `${good}\n${withoutIds()}\n${logs}`, [/^line 2: 1 span without a valid trace and span id/]],
])('%s is left out and named, and takes nothing with it', async (_what, content, reasons) => {
  const { error, leftOut, rows } = await importing('a.jsonl', content)
  expect(error).toBeNull()
  expect(rows).toMatchObject({ span: 2, log: 1 })
  expect(leftOut).toEqual({
    count: reasons.length,
    first: reasons.map((reason) => ({
      line: expect.any(Number) as number,
      reason: expect.stringMatching(reason) as string,
    })),
  })
})

function wrongType(): string {
  return spansLine(1).replace(/"startTimeUnixNano":"\d+"/, '"startTimeUnixNano":"soon"')
}

function halfBroken(): string {
  return JSON.stringify({ ...(JSON.parse(spansLine(1)) as object), resourceLogs: [{ scopeLogs: 'none' }] })
}

function withoutIds(): string {
  return spansLine(1, 1).replace(/"traceId":"\w+","spanId":"\w+"/, '"traceId":"","spanId":""')
}

test('of many that are left out the first are named, and all are counted', async () => {
  const { leftOut, rows } = await importing('a.jsonl', `${`${broken}\n`.repeat(3000)}${good}`)
  expect(rows).toMatchObject({ span: 2 })
  expect(leftOut.count).toBe(3000)
  expect(leftOut.first.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('of %s that is cut off, the lines before are stored and the place is named', async (format, pack) => {
  const many = Array.from({ length: 3000 }, (_, i) => spansLine(i)).join('\n')
  const packed = pack(many)
  const { error, leftOut, rows } = await importing('a.jsonl.packed', packed.subarray(0, packed.length * 0.9))
  expect(error).toBeNull()
  expect(rows['span']).toBeGreaterThan(2000)
  expect(leftOut).toMatchObject({ count: 1 })
  const lines = Number(rows['span']) / 2
  expect(leftOut.first[0]?.reason).toMatch(
    new RegExp(`^from line ${String(lines + 1)} on: its ${format} data is damaged or cut off`),
  )
})

test.each([
  ['a document that is cut off', 'a.json', '{\n "resourceSpans": [\n', /^line \d, column \d+: not JSON: it ends/],
  ['another format', 'a.json', '{"format":"har"}', /the format "har" is not known/],
  [
    'a session of a later version',
    'a.json',
    '{"format":"colophon.session","version":3}',
    /newer Colophon \(format version 3/,
  ],
  ['a session without its records', 'a.json', '{"format":"colophon.session","version":1}', /^line 1: producer: /],
  ['gzip that is cut off', 'a.jsonl.gz', gzipSync(lines).subarray(0, 150), /gzip data is damaged or cut off/],
  [
    'a request that is cut off',
    'traces.pb',
    Buffer.from(loadCapture('08_mcp').bodies[0]?.bytes ?? []).subarray(0, 5000),
    /not an OTLP request of traces: .*byte/,
  ],
  ['bytes of anything', 'a.pb', Buffer.from('hello'), /not an OTLP request/],
  ['nothing', 'a.json', '', /empty/],
  ['lines of nothing but text', 'a.json', 'hello\nthere', /^no document in it can be read/],
])('%s is refused with the place, and nothing of the file is stored', async (_what, name, content, message) => {
  const { error, rows } = await importing(name, content)
  expect(error).toMatch(message)
  expect(rows).toMatchObject({ body: 0, span: 0, log: 0, metric_point: 0, session: 0 })
})

test('a session that was cut off leaves nothing, whatever of it is whole', async () => {
  await inTemporaryFolder(async (folder) => {
    const first = join(folder, 'first')
    const [id = ''] = storeCapture(first, '08_mcp')
    const text = exportedJson(first, id)
    const { leftOut, rows } = await importing('a.json', `${text.slice(0, -100)}\n${good}`)
    expect(leftOut).toMatchObject({ count: 1 })
    expect(rows).toMatchObject({ span: 2, log: 0 })
  })
})

test('a bad file among good ones is left out, and only that', async () => {
  await inTemporaryFolder(async (folder) => {
    const paths = ['one.jsonl', 'bad.jsonl', 'two.jsonl', 'missing.jsonl'].map((name) => join(folder, name))
    const [one = '', bad = '', two = ''] = paths
    writeFileSync(one, spansLine(0))
    writeFileSync(bad, '{')
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
