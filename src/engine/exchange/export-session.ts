import type { ExportFormat, ExportedFile, RedactionPreview } from '../../contract/exchange.ts'
import { ProcedureError } from '../../contract/result.ts'
import { sessionMarkdown } from '../../model/exchange/markdown.ts'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import { countingTally, noTally } from '../../model/exchange/tally.ts'
import type { Db } from '../store/database.ts'
import { otlpLines, sessionJson } from './export-json.ts'
import { perfettoTrace } from './export-perfetto.ts'
import { redactRecords, redactedSession } from './redacted-session.ts'
import { openSession, type SessionSource } from './session-source.ts'

export interface ExportRequest {
  readonly id: string
  readonly format: ExportFormat
  readonly redact: readonly RedactionKind[]
  /** Of Colophon; stands in the file. */
  readonly version: string
}

const kinds: Readonly<Record<ExportFormat, { readonly ending: string; readonly mediaType: string }>> = {
  json: { ending: '.session.json', mediaType: 'application/json' },
  otlp: { ending: '.otlp.jsonl', mediaType: 'application/x-ndjson' },
  perfetto: { ending: '.trace.json', mediaType: 'application/json' },
  markdown: { ending: '.md', mediaType: 'text/markdown' },
}

/** The file piece by piece; the caller holds a read transaction until the last one. */
export function* exportPieces(db: Db, { id, format, redact, version }: ExportRequest): Generator<string, void> {
  const original = openSession(db, id)
  if (redact.length === 0) {
    yield* write(original, format, version)
    return
  }
  const redacted = redactedSession(original, redact, noTally)
  try {
    yield* write(redacted.source, format, version)
  } finally {
    redacted.db.close()
  }
}

function write(source: SessionSource, format: ExportFormat, version: string): Iterable<string> {
  switch (format) {
    case 'json':
      return sessionJson(source, { name: 'Colophon', version })
    case 'otlp':
      return otlpLines(source)
    case 'perfetto':
      return perfettoTrace(source)
    case 'markdown':
      return [sessionMarkdown(source.sessions, source.facts, source.loaded.tree.rows)]
  }
}

export function exportFileName(id: string, format: ExportFormat): string {
  return `codex-${id.replace(/[^\w.-]/g, '_').slice(0, 60)}${kinds[format].ending}`
}

/** What one answer may hold, in characters. */
const mostCharacters = 64 * 1024 * 1024

/** The whole file in one answer. */
export function exportFile(db: Db, request: ExportRequest): ExportedFile {
  const pieces: string[] = []
  let length = 0
  db.transaction(() => {
    for (const piece of exportPieces(db, request)) {
      length += piece.length
      if (length > mostCharacters)
        throw new ProcedureError(
          'too_large',
          `the file would be longer than 64 MiB: colophon export ${request.id} --format ${request.format} -o FILE writes it`,
        )
      pieces.push(piece)
    }
  })()
  const { id, format } = request
  return { fileName: exportFileName(id, format), mediaType: kinds[format].mediaType, text: pieces.join('') }
}

/** What a redaction would change. */
export function previewRedaction(
  db: Db,
  id: string,
  redact: readonly RedactionKind[],
  samples: number,
): RedactionPreview {
  const tally = countingTally(samples)
  db.transaction(() => redactRecords(openSession(db, id), redact, tally, () => undefined))()
  const { counts, samples: examples } = tally
  return { counts, samples: examples }
}
