import type { ExportFormat } from '../../contract/exchange.ts'

const kinds: Readonly<Record<ExportFormat, { readonly ending: string; readonly mediaType: string }>> = {
  json: { ending: '.session.json', mediaType: 'application/json' },
  otlp: { ending: '.otlp.jsonl', mediaType: 'application/x-ndjson' },
  perfetto: { ending: '.trace.json', mediaType: 'application/json' },
  markdown: { ending: '.md', mediaType: 'text/markdown' },
}

/** What a session's file is called, and what it is. Where the session is another application's, `service` names that. */
export function exportedFile(
  id: string,
  service: string | null,
  format: ExportFormat,
): { fileName: string; mediaType: string } {
  const { ending, mediaType } = kinds[format]
  const [name, short] = [service ?? 'codex', id].map((words) => words.replace(/[^\w.-]/g, '_').slice(0, 60))
  return { fileName: `${name}-${short}${ending}`, mediaType }
}
