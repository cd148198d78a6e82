import { expect, test } from 'vitest'
import { maskSecrets } from '../../../../src/model/config/mask.ts'
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
  const masked = maskSecrets(toml)
  expect(masked).not.toContain('s3cret')
  expect(masked.split('"•••"')).toHaveLength(secrets + 1)
  expect(masked.replaceAll('"•••"', '').length).toBe(toml.replaceAll(/["']s3cret["']/g, '').length)
  expect(masked.split('\n')).toHaveLength(toml.split('\n').length)
})

test('what carries no key is left as it is', () => {
  const toml = 'model = "gpt"\n[otel]\nlog_user_prompt = false\nexporter = { otlp-grpc = { endpoint = "http://x" } }\n'
  expect(maskSecrets(toml)).toBe(toml)
})

test('a key that changes is a difference, and is not shown on either side', () => {
  const file = (key: string): string => `[otel.exporter.otlp-http.headers]\nx = "${key}"\n`
  const diff = unifiedDiff(file('old-s3cret'), file('new-s3cret'), names, maskSecrets)
  expect(diff).toContain('-x = "•••"\n+x = "•••"\n')
  expect(diff).not.toContain('s3cret')
})
