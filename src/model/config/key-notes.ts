import type { OtelKey } from './otel-keys.ts'

/** What a key of `[otel]` does, in Codex 0.171.0, in a line. */
export const keyNotes: Readonly<Record<OtelKey, string>> = {
  environment: 'the resource attribute env of every record; "dev" where it is absent',
  exporter: 'where logs go; "none" where it is absent',
  trace_exporter: 'where traces go; "none" where it is absent, never what exporter says',
  metrics_exporter: 'where metrics go; OpenAI’s Statsig where it is absent',
  headers_helper:
    'a shell command that prints a JSON object of headers, for exporters over HTTP alone; where it fails, they send nothing',
  headers_helper_refresh_interval_ms: 'after how many milliseconds the command is run again',
  log_user_prompt: 'the text of your prompts',
  log_agent_responses: 'the text of the final answers, up to 64 KiB each',
  log_guardian_assessments: 'what the automated reviewer of commands decided, and why',
  log_sse_deltas: 'a log record for every piece of a streamed answer: fifteen times more records, no panel needs them',
  tool_result: '{ max_bytes = … }: how much of a tool’s output is sent, 2,048 bytes where it is absent',
  span_attributes: 'names and texts that are added to every span',
  tracestate: 'members of the W3C trace state of every span',
}

/** Keys inside an OTLP exporter. */
export const exporterSettingNotes = {
  endpoint: 'the whole address, with http:// or https://; over HTTP with its path, for Codex appends nothing',
  protocol: '"binary" or "json"; an otlp-http exporter must say which',
  headers: 'names and values that go with every request',
  tls: '{ ca-certificate, client-certificate, client-private-key }: paths of files',
} as const
