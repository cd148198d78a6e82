/** What stays dark although everything is set up; each was seen with Codex 0.169.0 and 0.171.0. */
export const codexHoles: readonly string[] = [
  'A codex exec that fails or is interrupted ends without sending what it still holds: a few logs arrive, but no spans and no metrics. Its errors show only if their logs had already been sent.',
  'Metrics are sent once a minute and at a clean end; spans about 10 s into a run, then every 5 s; logs every second.',
  'A span is sent when all those below it have ended, so parents arrive last: until then a turn is drawn from its logs and leaf spans.',
  'session_loop, the span of a whole thread, arrives when the thread is unloaded: last, or never.',
  'Nothing is sent twice. What Codex sends while Colophon is closed, paused or refuses it is lost.',
  'A running session keeps the settings that it started with. So does the background process of the TUI, whose threads outlive the TUI.',
  'An [otel] in a project’s .codex/config.toml is ignored; so are OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_SERVICE_NAME in the environment.',
  'codex mcp-server of older versions is said to send nothing; Codex 0.171.0 no longer has that command.',
]
