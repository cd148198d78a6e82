/** What stays dark although everything is set up; each was seen with Codex 0.169.0 and 0.171.0. */
export const codexHoles: readonly string[] = [
  'A codex exec that fails or is interrupted ends without sending what it still holds: a few logs, no spans, no metrics. Its errors show only where logs had left by then.',
  'Metrics come once a minute and at a clean end; spans about 10 s into a run, then every 5 s; logs every second.',
  'A span leaves when all below it have ended, so the parents come last: a turn is drawn from its logs and leaf spans until then.',
  'session_loop, the span of a whole thread, comes when the thread is unloaded: last, or never.',
  'Nothing is sent twice. What Codex sends while Colophon is closed, paused or refuses it is lost.',
  'A session that runs keeps the settings that it started with. So does the background process of the TUI, whose threads outlive the TUI.',
  'An [otel] in a project’s .codex/config.toml is ignored; so are OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_SERVICE_NAME in the environment.',
  'codex mcp-server of older versions is said to send nothing, and Codex 0.171.0 has no such command any more.',
]
