import type { CapturedBody } from '../../captures.ts'

/** Within the hour of the captures. */
export const appBeginMs = 29_919_450 * 60_000

type Value = string | number | readonly string[]

function anyValue(value: Value): object {
  if (typeof value === 'number') return { intValue: String(value) }
  return typeof value === 'string' ? { stringValue: value } : { arrayValue: { values: value.map(anyValue) } }
}

const attributes = (of: Record<string, Value>): object[] =>
  Object.entries(of).map(([key, value]) => ({
    key,
    value: anyValue(value),
  }))

const resource = (service: string, language: string): object => ({
  attributes: attributes({
    'service.name': service,
    'service.version': '1.2',
    'telemetry.sdk.language': language,
    'deployment.environment.name': 'staging',
  }),
})

const ns = (ms: number): string => `${ms}000000`

function body(signal: CapturedBody['signal'], json: object): CapturedBody {
  return { signal, encoding: 'json', bytes: new TextEncoder().encode(JSON.stringify(json)) }
}

interface Made {
  readonly service: string
  readonly span: number
  readonly atMs: number
  readonly tookMs: number
  readonly failed?: boolean
  readonly of: Record<string, Value>
}

function spans({ service, span, atMs, tookMs, failed = false, of }: Made): CapturedBody {
  const made = {
    traceId: `${'0'.repeat(30)}${String(span).padStart(2, '0')}`,
    spanId: `${'0'.repeat(14)}${String(span).padStart(2, '0')}`,
    name: 'work',
    kind: 3,
    startTimeUnixNano: ns(atMs),
    endTimeUnixNano: ns(atMs + tookMs),
    attributes: attributes({ ...of, ...(failed ? { 'error.type': 'timeout' } : {}) }),
    status: failed ? { code: 2 } : {},
  }
  const language = service === 'shop' ? 'nodejs' : 'python'
  return body('traces', { resourceSpans: [{ resource: resource(service, language), scopeSpans: [{ spans: [made] }] }] })
}

const chat = (
  model: string,
  input: number,
  cached: number,
  output: number,
  finish: string | readonly string[] | null = 'stop',
): Record<string, Value> => ({
  ...(finish === null ? {} : { 'gen_ai.response.finish_reasons': finish }),
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': model,
  'gen_ai.response.model': model,
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.cache_read.input_tokens': cached,
  'gen_ai.usage.output_tokens': output,
})

function logs(service: string, times: readonly number[]): CapturedBody {
  const logRecords = times.map((atMs, i) => ({
    timeUnixNano: ns(atMs),
    severityNumber: 9,
    body: { stringValue: `step ${i}` },
  }))
  return body('logs', { resourceLogs: [{ resource: resource(service, 'nodejs'), scopeLogs: [{ logRecords }] }] })
}

/** Two applications: four model calls, one of them failed, a failed tool, an agent's run, and 120 log records. */
export function appBodies(): readonly CapturedBody[] {
  const at = appBeginMs
  return [
    spans({ service: 'shop', span: 1, atMs: at, tookMs: 900, of: chat('gpt-5.5', 1000, 600, 50) }),
    spans({
      service: 'shop',
      span: 2,
      atMs: at + 1000,
      tookMs: 300,
      of: chat('gpt-5.5', 500, 0, 20, ['length', 'stop', 'length']),
    }),
    spans({ service: 'search', span: 3, atMs: at + 70_000, tookMs: 2000, of: chat('gpt-unheard-of', 100, 0, 10) }),
    spans({
      service: 'shop',
      span: 4,
      atMs: at + 80_000,
      tookMs: 50,
      failed: true,
      of: chat('gpt-5.5', 0, 0, 0, null),
    }),
    spans({
      service: 'search',
      span: 5,
      atMs: at + 90_000,
      tookMs: 10,
      failed: true,
      of: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'look_up', 'gen_ai.tool.call.id': 'c1' },
    }),
    spans({
      service: 'search',
      span: 6,
      atMs: at + 60_000,
      tookMs: 40_000,
      of: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'finder' },
    }),
    logs(
      'shop',
      Array.from({ length: 120 }, (_, i) => at + i * 1000),
    ),
    logs('search', [at + 1_200_000]),
  ]
}
