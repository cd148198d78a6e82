import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ProcedureError } from '../../../../src/contract/result.ts'
import { scratchHome } from './scratch-home.ts'

const three = '[otel]\nexporter = "none"\n'

it.each([
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${three}`, 'utf16le'), 'UTF-16', 1],
  ['UTF-16 without it', Buffer.from(three, 'utf16le'), 'UTF-16', 1],
  ['Latin 1', Buffer.from(`${three}environment = "\u00e9"\n`, 'latin1'), '0xE9', 3],
  ['a byte that begins no character', Buffer.from([0x61, 0x0a, 0x80]), '0x80', 2],
  ['a NUL', Buffer.from(`${three}\0`), 'NUL', 3],
  ['a byte order mark in the middle', Buffer.from(`# mine\n\uFEFF${three}`), 'byte order mark', 2],
  ['a second byte order mark', Buffer.from(`\uFEFF\uFEFF${three}`), 'byte order mark', 1],
  ['quotes of a word processor', Buffer.from('[otel]\nexporter = “none”\n'), 'curly quote (U+201C)', 2],
  [
    'a space of a web page',
    Buffer.from('[otel]\n\u00a0exporter = "none"\n'),
    'a space that is none of TOML (U+00A0)',
    2,
  ],
  ['a whole number of more than 64 bits', Buffer.from(`x = [1, -9_223_372_036_854_775_809]\n${three}`), '64 bits', 1],
  ['a character that nobody sees', Buffer.from('[otel]\nexporter\u200b = "none"\n'), 'nobody sees (U+200B)', 2],
])('names %s, with the line, and writes nothing', async (_, bytes, named, line) => {
  const home = scratchHome(bytes)
  const { problems } = await home.ask('config.read', {})
  expect(problems).toMatchObject([{ message: expect.stringContaining(named) as unknown, line }])
  const { findings } = await home.ask('config.doctor', {})
  expect(findings[0]).toMatchObject({ code: 'does_not_parse', file: home.file, line })
  await expect(home.ask('config.plan', { protocol: 'http' })).rejects.toThrow(`${home.file}:${String(line)}`)
})

it('says of keys that are nested beyond all bounds that they are, and of no stack', async () => {
  const { problems } = await scratchHome(`a${'.a'.repeat(20_000)} = 1\n`).ask('config.read', {})
  expect(problems).toMatchObject([{ message: 'keys are nested too deep to be read' }])
})

it.each([
  ['a table', '[otel]\na = 1\n[x]\nb = 1\n[otel]\nc = 1\n', 'otel', 5, 1],
  ['a key', '[tui]\na = 1\nb = 2\na = 3\n', 'tui.a', 4, 2],
  ['a value under a table', `${three}[otel.exporter.otlp-http]\nendpoint = "x"\nprotocol = 1\nprotocol = 2`, '', 3, 2],
  ['a dotted key and its table', 'otel.environment = "dev"\n[otel]\nlog_user_prompt = true\n', 'otel', 2, 1],
  ['a list and a table', '[[a]]\nb = 1\n[a]\nc = 1\n', 'a', 3, 1],
  ['what only looks so in a long string', 's = """\na = 1\n"""\na = 1\na = 2\n', 'a', 5, 4],
])('of %s that is set twice says which, and where it stood first', async (_, text, key, line, first) => {
  const { problems } = await scratchHome(text).ask('config.read', {})
  expect(problems).toMatchObject([{ line }])
  expect(problems[0]?.message).toMatch(new RegExp(`^${key}.*is set a second time: line ${String(first)} already has `))
})

it.each(['otel = true\n', 'otel = 1\n', '[[otel]]\nenvironment = "dev"\n', 'otel = "none"\n', 'otel = 2020-01-01\n'])(
  'says where %j stands, and that Codex does not start',
  async (text) => {
    const home = scratchHome(text)
    const { findings, effective } = await home.ask('config.doctor', {})
    expect(findings).toMatchObject([{ code: 'wrong_type', severity: 'error', file: home.file, line: 1 }])
    expect(effective).toEqual([])
    await expect(home.ask('config.plan', { protocol: 'http' })).rejects.toThrow(`${home.file}:1: otel is `)
    await expect(
      home.ask('config.draft', { text, changes: [{ key: 'environment', value: 'lab' }] }),
    ).rejects.toBeInstanceOf(ProcedureError)
  },
)

const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('true', '1', '-1', '0.5', '"none"', '"http://127.0.0.1:1"', '2020-01-01', '""', 'nan'),
    fc.array(tie('value'), { maxLength: 2 }).map((each) => `[${each.join(', ')}]`),
    fc
      .dictionary(fc.constantFrom('otlp-http', 'otlp-grpc', 'none', 'endpoint', 'headers', 'tls', 'x'), tie('value'))
      .map(
        (table) =>
          `{ ${Object.entries(table)
            .map((pair) => pair.join(' = '))
            .join(', ')} }`,
      ),
  ),
})).value
const keys = fc.constantFrom('otel', 'otel.exporter', 'otel.trace_exporter', 'otel.tool_result', 'otel.headers_helper')

it('meets any value of any key with words for a person, never with an error of its own', async () => {
  await fc.assert(
    fc.asyncProperty(keys, value, async (key, given) => {
      const home = scratchHome(`${key} = ${given}\n`)
      const { findings } = await home.ask('config.doctor', {})
      for (const finding of findings) expect(finding.message).not.toMatch(/undefined|\[object|TypeError/)
      for (const request of [{ protocol: 'http' as const }, { changes: [{ key: 'exporter' as const, value: 'none' }] }])
        await home.ask('config.plan', request).catch((error: unknown) => {
          expect(error).toBeInstanceOf(ProcedureError)
        })
    }),
    { numRuns: 60 },
  )
})

it('keeps what a form says under a name that every object has', async () => {
  const value = JSON.parse('{"__proto__": "mine", "constructor": "theirs"}') as unknown
  const { diff } = await scratchHome('').ask('config.plan', { changes: [{ key: 'span_attributes', value }] })
  expect(diff).toContain('__proto__ = "mine"')
  expect(diff).toContain('constructor = "theirs"')
})
