import { z } from 'zod'
import { findingKind } from '../model/findings/finding.ts'
import { signal } from '../model/signal.ts'

/** A name of Codex's that Colophon does not know, or that no earlier version was heard to use. It is stored and shown like any other. */
export const newName = z.object({
  name: z.string(),
  signal,
  service: z.string(),
  version: z.string(),
  firstSeenAtMs: z.number(),
  /** An event whose meaning is not known; else a name that came with another version than the first one heard of. */
  unknownEvent: z.boolean(),
})

/** A sender of Codex of whose sessions some were not understood at all. */
export const silentSender = z.object({
  service: z.string(),
  version: z.string(),
  sessions: z.number().int().nonnegative(),
  /** The latest of them, and its last record. */
  sessionId: z.string(),
  lastMs: z.number(),
})

/** Values that were meant to be counts and are none, and operations that nobody has heard of: they stay in their records. */
export const misreadValue = z.object({
  service: z.string(),
  version: z.string(),
  signal,
  /** Of the event, span or metric. */
  name: z.string(),
  /** Of the attribute, or words for what it was; empty where it is the record's own value. */
  key: z.string(),
  records: z.number().int().nonnegative(),
  lastMs: z.number(),
})

/** A kind of line in Codex's session files, or a field of one, that Colophon has not met. It is passed over, and nothing is lost. */
export const newInFiles = z.object({
  /** The kind, with a dot and its name where it is a field. */
  name: z.string(),
  /** Of the Codex that began the file; empty where it does not say. */
  version: z.string(),
  lines: z.number().int().nonnegative(),
  firstSeenAtMs: z.number(),
})

export const newNames = z.object({
  names: z.array(newName),
  inFiles: z.array(newInFiles),
  /** How many more there are. */
  leftOut: z.number().int().nonnegative(),
  /** The version of Codex that was heard of first; null: none yet. */
  firstVersion: z.string().nullable(),
  /** What senders of Codex's records call themselves. */
  codexServices: z.array(z.string()),
  notUnderstood: z.object({ senders: z.array(silentSender), values: z.array(misreadValue) }),
  /** Kinds of findings that no session can show yet, what would tell of them, and in a sentence what each waits for. */
  silentFindings: z.array(z.object({ kind: findingKind, needs: z.string(), waitsFor: z.string() })),
})

export type NewNames = z.infer<typeof newNames>
