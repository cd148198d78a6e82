import { expect, test } from 'vitest'
import { maskText } from '../../../../src/engine/config/toml/mask-text.ts'
import { maskWords } from '../../../../src/model/config/mask.ts'
import { unifiedDiff } from '../../../../src/model/config/unified-diff.ts'

const names = { before: 'a', after: 'b' }

test.each([
  ['otel.exporter = { otlp-http = { endpoint = "http://x", headers = { "x-key" = "s3cret", b = \'s3cret\' } } }', 2],
  ['[otel.exporter.otlp-http.headers]\nx-key = "s3cret"\n\n[otel]\nenvironment = "dev"', 1],
  ['[otel.exporter.otlp-http]\nheaders.x-key = "s3cret"\nprotocol = "json"', 1],
  ['[otel.exporter.otlp-http]\n"headers" = {"a" = "s3cret"} # mine\nendpoint = "http://x/v1/logs"', 1],
  ['[mcp_servers.docs]\nenv = { API_KEY = "s3cret" }\nbearer_token = "s3cret"\nargs = ["-y"]', 2],
  ['[mcp_servers.docs.env]\r\nKEY = "s3cret"\r\n[tools]\r\nweb = true\r\n', 1],
])('strings that carry keys are hidden in %j, and nothing else', (toml, secrets) => {
  const masked = maskText(toml)
  expect(masked).not.toContain('s3cret')
  expect(masked.split('"•••"')).toHaveLength(secrets + 1)
  expect(masked.replaceAll('"•••"', '').length).toBe(toml.replaceAll(/["']s3cret["']/g, '').length)
  expect(masked.split('\n')).toHaveLength(toml.split('\n').length)
})

test('what carries no key is left as it is', () => {
  const toml = 'model = "gpt"\n[otel]\nlog_user_prompt = false\nexporter = { otlp-grpc = { endpoint = "http://x" } }\n'
  expect(maskText(toml)).toBe(toml)
})

test('a key that changes is a difference, and is not shown on either side', () => {
  const file = (key: string): string => `[otel.exporter.otlp-http.headers]\nx = "${key}"\n`
  const diff = unifiedDiff(file('old-s3cret'), file('new-s3cret'), names, maskText)
  expect(diff).toContain('-x = "•••"\n+x = "•••"\n')
  expect(diff).not.toContain('s3cret')
})

test.each([
  ['a text on several lines', '[otel.exporter.otlp-http.headers]\nx = """\ns3cret\ns3cret"""\n'],
  [
    'a table of an inline table',
    'otel = { exporter = { otlp-grpc = { endpoint = "http://x", headers = { a = "s3cret" } } } }\n',
  ],
  ['a key in quotes', '[otel."exporter".otlp-http."headers"]\n"x y" = "s3cret"\n'],
  ['a user and a password in a URL', 'a = "http://me:s3cret@host/v1/logs"\n'],
  ['a password with an @', 'a = "http://me:pa@s3cret@host/v1/logs"\n'],
  ['a key in a query', 'a = "https://host/v1/logs?api_key=s3cret&x=1"\nb = "https://host/?x=1&sig=s3cret"\n'],
  ['an argument behind its flag', '[mcp_servers.a]\nargs = ["--api-key", "s3cret", "--token=s3cret-2"]\n'],
  ['a command that prints headers', '[otel]\nheaders_helper = \'echo {"authorization":"Bearer s3cret"}\'\n'],
  [
    'what was commented out',
    '# x = 1\n# [otel.exporter.otlp-http.headers]\n# x = "s3cret"\na = 1 # token = "s3cret"\n',
  ],
  ['a list of several lines', 'tokens_api_key = [\n  "s3cret", # one\n  "s3cret",\n]\na = 1\n'],
  ['a table in a list', '[[x]]\npassword = "s3cret"\n[[x]]\npassword = "s3cret"\n'],
  ['a text that does not parse', 'a = "http://me:s3cret@host"\nheaders = { a = "s3cret" }\nx = """\ns3cret\n[otel\n'],
])('hides %s, line for line', (_, toml) => {
  const masked = maskText(toml)
  expect(masked).not.toContain('s3cret')
  expect(masked).toContain('•••')
  expect(masked.split('\n')).toHaveLength(toml.split('\n').length)
})

test('leaves words alone that only speak of such things', () => {
  for (const words of [
    'http://127.0.0.1:4318/v1/logs',
    'the token has expired',
    '/home/me/token',
    'a?b=c',
    'unexpected token: x',
    'key: value',
    'x@y.example',
  ])
    expect(maskWords(words)).toBe(words)
})

test('hides what an option of a command gives away', () => {
  for (const words of [
    'vault --token s3cret read x',
    'curl -u me:s3cret https://x',
    'a --client-secret s3cret',
    'b --user=me:s3cret',
    "curl -H 'X-Api-Key: s3cret' https://x",
    'curl -H "Authorization: Token s3cret"',
    'echo {"dd-api-key":"s3cret"}',
    'https://host/v1/logs#token=s3cret',
    'authorization=Bearer%20s3cret',
  ])
    expect(maskWords(words)).not.toContain('s3cret')
  expect(maskWords('curl -u me:s3cret https://x')).toBe('curl -u me:••• https://x')
})
