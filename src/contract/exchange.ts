import { z } from 'zod'
import { redactionKind, type RedactionKind } from '../model/exchange/redaction.ts'
import { exportFormats } from './export-choices.ts'
import { signal } from '../model/signal.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()

export { redactionKinds } from './export-choices.ts'
export type { RedactionKind }

export const exportFormat = z.enum(exportFormats)

export const exportParams = z.object({
  id: z.string(),
  format: exportFormat,
  /** What to take out before. */
  redact: z.array(redactionKind).default([]),
  /** With what was said and done, out of Codex's own files; json alone can hold it. */
  conversation: z.boolean().default(false),
})

export const startedExport = z.object({ exportId: z.string(), fileName: z.string(), mediaType: z.string() })

export const redactionParams = z.object({
  id: z.string(),
  redact: z.array(redactionKind),
  conversation: z.boolean().default(false),
  samples: count.max(50).default(5),
})

export const redactionPreview = z.object({
  /** How many places would change, by kind. */
  counts: z.record(redactionKind, count),
  /** At most so many of each kind as were asked for; secrets in them are masked. */
  samples: z.array(z.object({ kind: redactionKind, before: z.string(), after: z.string() })),
})

/** Reading the session; taking out what is not to be shared; writing the file, which may look at every record again. */
export const exportPhase = z.enum(['reading', 'redacting', 'writing'])

export const exportProgress = z.object({
  /** The file is whole and can be read, or the preview is there. */
  done: z.boolean(),
  phase: exportPhase,
  /** Of the present phase; the total is 0 where it is not known. */
  recordsDone: count,
  records: count,
  /** Written so far. */
  bytes: count,
  preview: redactionPreview.nullable(),
})

/** What one `export.read` gives at most. */
export const exportChunkBytes = 4 * 1024 * 1024

export const exportReadParams = z.object({ exportId: z.string(), offset: count })

/** What a page was given: text, or any bytes as base64. 64 MiB each at most. */
export const importFilesParams = z.object({
  /** Also where records would be added to sessions that were received; without it such an import is only told of. */
  intoReceived: z.boolean().default(false),
  files: z.array(z.object({ name: z.string(), text: z.string().optional(), base64: z.base64().optional() })).max(1000),
})

/** Absolute paths on the machine that Colophon runs on. */
export const importPathsParams = z.object({
  intoReceived: z.boolean().default(false),
  paths: z.array(z.string()).max(1000),
})

/** What of a file is not stored, while the rest of it is. */
export const leftOut = z.object({
  /** Lines and documents, and those of which single records are left out. */
  count,
  /** The first twenty, each with its place in words; the line is null where the file has none, or breaks off. */
  first: z.array(z.object({ line: count.nullable(), reason: z.string() })),
})

export const importedFile = z.object({
  name: z.string(),
  /** Why nothing of it was stored: place and reason. */
  error: z.string().nullable(),
  leftOut,
  /** Records that it holds, by signal. */
  records: z.record(signal, count),
  /** Of these, those that were stored already. */
  known: count,
  /** Codex's own session files that it tells of and that were not known. */
  sessionFiles: count,
  /** Spans without a valid trace or span id, which are not stored. */
  rejected: count,
  /** The session to open, where the file is a session's export. */
  sessionId: z.string().nullable(),
})

export const importResult = z.object({
  /** It was stopped, and nothing of it is left. */
  cancelled: z.boolean(),
  files: z.array(importedFile),
  /**
   * Sessions that were received, and that records of these files add to. Where `intoReceived` was not said, nothing was stored because
   * of them, and `files` is empty.
   */
  touches: z.array(z.object({ sessionId: z.string(), ...called.shape })),
})

/** An import that added to a session that was received. */
export const importRun = z.object({ id: count, atMs: z.number(), files: z.array(z.string()) })

export const importProgress = z.object({
  running: z.boolean(),
  file: z.string(),
  /** Files that are done, and all of them. */
  filesDone: count,
  files: count,
  phase: z.enum(['idle', 'checking', 'storing', 'undoing']),
  /** Of the present file and phase; the total is 0 where it is not known. */
  bytesDone: count,
  bytes: count,
})

export type ExportFormat = z.infer<typeof exportFormat>
export type RedactionPreview = z.infer<typeof redactionPreview>
export type ExportPhase = z.infer<typeof exportPhase>
export type ExportProgress = z.infer<typeof exportProgress>
export type LeftOut = z.infer<typeof leftOut>
export type ImportRun = z.infer<typeof importRun>
export type ImportedFile = z.infer<typeof importedFile>
export type ImportResult = z.infer<typeof importResult>
export type ImportProgress = z.infer<typeof importProgress>
