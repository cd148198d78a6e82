import type { ExportFormat, ExportPhase, RedactionPreview } from '../../contract/exchange.ts'
import { sessionMarkdown } from '../../model/exchange/markdown.ts'
import type { SaidItem } from '../../model/exchange/session-file.ts'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import type { Report } from '../../model/exchange/worked-out.ts'
import { countingTally, noTally } from '../../model/exchange/tally.ts'
import { visibleLines } from '../../model/visible.ts'
import type { Db } from '../store/database.ts'
import { otlpLines, sessionJson } from './export-json.ts'
import { perfettoTrace } from './export-perfetto.ts'
import { redactRollouts } from './redacted-rollouts.ts'
import { redactRecords, redactedSession } from './redacted-session.ts'
import { redactSaid } from './said.ts'
import { openSession, type SessionSource } from './session-source.ts'
import { workOut } from './work-out.ts'

export interface ExportRequest {
  readonly id: string
  readonly format: ExportFormat
  readonly redact: readonly RedactionKind[]
  /** Of Colophon; stands in the file. */
  readonly version: string
  /** The conversation (`readSaid`), where the file is to hold it. */
  readonly said?: readonly SaidItem[] | null
}

/** Hears how far an export is. */
export interface ExportWatch {
  /** So many records will be read from here on. */
  readonly enter: (phase: ExportPhase, records: number) => void
  readonly record: () => void
}

const unwatched: ExportWatch = { enter: () => undefined, record: () => undefined }

/** The file piece by piece; the caller holds a read transaction until the last one. */
export function* exportPieces(
  db: Db,
  { id, format, redact, version, said = null }: ExportRequest,
  watch: ExportWatch = unwatched,
): Generator<string, void> {
  const original = openSession(db, id, watch.record)
  if (redact.length === 0) {
    watch.enter('writing', recordsIn(original, format))
    yield* gathered(write(original, db, { format, redact, version, said }))
    return
  }
  watch.enter('redacting', recordsIn(original, 'json'))
  const redacted = redactedSession(original, redact, noTally)
  const left = said === null ? null : redactSaid(said, new Set(redact), original.folders, noTally)
  try {
    watch.enter('writing', recordsIn(redacted.source, format))
    yield* gathered(write(redacted.source, db, { format, redact, version, said: left }))
  } finally {
    redacted.db.close()
  }
}

function recordsIn(source: SessionSource, format: ExportFormat): number {
  if (format === 'markdown') return 0
  const { traces, logs } = source.count()
  return format === 'perfetto' ? traces : traces + logs
}

function write(
  source: SessionSource,
  own: Db,
  { format, redact, version, said }: Required<Omit<ExportRequest, 'id'>>,
): Iterable<string> {
  const report = (): Report => ({ redacted: redact, workedOut: workOut(source.db, source.sessions[0].id, own) })
  switch (format) {
    case 'json':
      return sessionJson(source, { name: 'Colophon', version }, said, report())
    case 'otlp':
      return otlpLines(source)
    case 'perfetto':
      return perfettoTrace(source)
    case 'markdown':
      return [sessionMarkdown(source, report())]
  }
}

const pieceCharacters = 64 * 1024

/** Records are short: written one by one they would cost a system call each. A terminal or an editor that shows the file is told nothing by it. */
function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < pieceCharacters) continue
    yield visibleLines(text)
    text = ''
  }
  if (text !== '') yield visibleLines(text)
}

/** What a redaction would change. */
export function previewRedaction(
  db: Db,
  {
    id,
    redact,
    samples,
    said = [],
  }: { id: string; redact: readonly RedactionKind[]; samples: number; said?: readonly SaidItem[] },
  watch: ExportWatch = unwatched,
): RedactionPreview {
  const tally = countingTally(samples)
  db.transaction(() => {
    const source = openSession(db, id, watch.record)
    watch.enter('redacting', recordsIn(source, 'json'))
    redactRecords(source, redact, tally, () => undefined)
    redactRollouts(source.rollouts, new Set(redact), source.folders, tally)
    redactSaid(said, new Set(redact), source.folders, tally)
  })()
  const { counts, samples: examples } = tally
  return { counts, samples: examples }
}
