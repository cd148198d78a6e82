import { describe, expect, it } from 'vitest'
import {
  changeExporter,
  endpointFor,
  isOwnEndpoint,
  readExporter,
} from '../../../../src/model/config/exporter-fields.ts'
import { oneClickFlags } from '../../../../src/model/config/flags.ts'
import { maskText } from '../../../../src/engine/config/toml/mask-text.ts'
import { scratchHome } from '../../engine/config/scratch-home.ts'

const receivers = { http: '127.0.0.1:4318', grpc: '127.0.0.1:4317' }

describe('an exporter as a form shows it', () => {
  it('is read in every form that Codex takes', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [undefined, 'unset'],
      ['none', 'none'],
      [{ none: {} }, 'none'],
      ['statsig', 'statsig'],
      [{ 'otlp-http': { endpoint: 'http://a', protocol: 'binary' } }, 'http'],
      [{ 'otlp-http': { endpoint: 'http://a', protocol: 'json' } }, 'json'],
      [{ 'otlp-grpc': { endpoint: 'http://a' } }, 'grpc'],
      ['otlp-http', 'other'],
      [{ 'otlp-http': {}, 'otlp-grpc': {} }, 'other'],
      [7, 'other'],
    ]
    for (const [value, kind] of cases) expect(readExporter(value).kind, JSON.stringify(value)).toBe(kind)
  })

  it('keeps what a form does not know, and leaves out what is empty', () => {
    const before = { 'otlp-http': { endpoint: 'http://a', protocol: 'json', timeout: 5, headers: { x: 'y' } } }
    expect(changeExporter(before, { headers: [], tls: { 'ca-certificate': '/ca', 'client-certificate': '' } })).toEqual(
      {
        'otlp-http': { endpoint: 'http://a', protocol: 'json', tls: { 'ca-certificate': '/ca' }, timeout: 5 },
      },
    )
    expect(changeExporter(before, { kind: 'grpc' })).toEqual({
      'otlp-grpc': { endpoint: 'http://a', headers: { x: 'y' }, timeout: 5 },
    })
    expect(changeExporter(before, { kind: 'unset' })).toBeNull()
    expect(changeExporter('odd', {})).toBe('odd')
  })

  it('proposes this machine’s receiver, and elsewhere the same host', () => {
    const own = 'http://127.0.0.1:4318/v1/logs'
    expect(endpointFor('trace_exporter', 'http', '', receivers)).toBe('http://127.0.0.1:4318/v1/traces')
    expect(endpointFor('exporter', 'grpc', own, receivers)).toBe('http://127.0.0.1:4317')
    expect(endpointFor('exporter', 'http', 'http://localhost:4317', receivers)).toBe(own)
    expect(endpointFor('exporter', 'grpc', 'https://far:4318/v1/logs', receivers)).toBe('https://far:4318')
    expect(endpointFor('exporter', 'json', 'https://far:4318', receivers)).toBe('https://far:4318/v1/logs')
    expect(endpointFor('exporter', 'json', 'https://far/own/path', receivers)).toBe('https://far/own/path')
    expect(endpointFor('exporter', 'grpc', '', { http: null, grpc: null })).toBe('')
  })

  it('knows its own receivers, also where they listen everywhere', () => {
    expect(isOwnEndpoint('http://127.0.0.1:4318/v1/logs', { http: '0.0.0.0:4318', grpc: null })).toBe(true)
    expect(isOwnEndpoint('http://127.0.0.1:43180', receivers)).toBe(false)
    expect(isOwnEndpoint('not an address', receivers)).toBe(false)
  })
})

describe('form and text', () => {
  const mine =
    '# mine\n[otel] # here\nexporter = { otlp-grpc = { endpoint = "http://a", headers = { k = "v" } } } # mine too\n'

  it('a change in the form is a change of its key in the text, and nothing else', async () => {
    const home = scratchHome(null)
    const { values } = await home.ask('config.draft', { text: mine })
    const value = changeExporter(values.exporter, { endpoint: 'http://b' })
    const drafted = await home.ask('config.draft', { text: mine, changes: [{ key: 'exporter', value }] })
    expect(drafted.text).toBe(mine.replace('http://a', 'http://b'))
    expect(readExporter(drafted.values.exporter)).toEqual({
      kind: 'grpc',
      endpoint: 'http://b',
      headers: [['k', 'v']],
      tls: {},
    })
  })

  it('tells at its line what Codex would not take, and what it would pass over', async () => {
    const text = '[otel]\nlog_user_prompt = "yes"\nfoo = 1\n'
    const { problems, faults } = await scratchHome(null).ask('config.draft', { text })
    expect(problems).toEqual([])
    expect(faults.map(({ key, line, fatal }) => ({ key, line, fatal }))).toEqual([
      { key: 'otel.log_user_prompt', line: 2, fatal: true },
      { key: 'otel.foo', line: 3, fatal: false },
    ])
  })

  it('gives everything of [otel] as flags', async () => {
    const { flags } = await scratchHome(null).ask('config.draft', {
      text: '[otel]\nenvironment = "a b"\nexporter = "none"\n',
    })
    expect(flags).toBe(`--config 'otel.environment="a b"' --config 'otel.exporter="none"'`)
  })

  it('gives what one click would write as flags, and nothing where nothing listens', () => {
    const flags = oneClickFlags({ http: '127.0.0.1:4318', grpc: null })
    for (const path of ['logs', 'traces', 'metrics']) expect(flags).toContain(`"http://127.0.0.1:4318/v1/${path}"`)
    expect(oneClickFlags({ http: null, grpc: null })).toBe('')
  })

  it('refuses to write over a file that is no text', async () => {
    const home = scratchHome(Buffer.from([0xff, 0xfe, 0x00]))
    await expect(home.ask('config.plan', { text: '[otel]\n' })).rejects.toThrow(/is UTF-16/)
  })
})

it('finds the folders that may be Codex’s, those that were configured among them', async () => {
  const home = scratchHome('# mine\n')
  const before = (await home.ask('config.homes', {})).homes
  expect(before.length).toBeGreaterThan(0)
  expect(before.some(({ path }) => path === home.home)).toBe(false)
  await home.apply({ protocol: 'http' })
  const { homes } = await home.ask('config.homes', {})
  expect(homes.find(({ path }) => path === home.home)).toEqual({ path: home.home, from: 'changed', exists: true })
  expect(homes[0]).toEqual(before[0])
})

it('hides the values of headers, and only these', () => {
  const value =
    '{ otlp-http = { endpoint = "http://a", headers = { "x-}key" = "a\\"b}", k = "c" }, protocol = "json" } }'
  expect(maskText(`value = ${value}`)).toBe(
    'value = { otlp-http = { endpoint = "http://a", headers = { "x-}key" = "•••", k = "•••" }, protocol = "json" } }',
  )
})
