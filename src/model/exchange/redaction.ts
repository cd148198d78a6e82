import { z } from 'zod'
import { redactionKinds, type RedactionKind } from './redaction-kinds.ts'

export const redactionKind = z.enum(redactionKinds)
export type { RedactionKind }

/** Codex's own word where it leaves out a prompt; Colophon reads it as "not known". */
export const redactedText = '[REDACTED]'

/** Whether a text only says that content was left out, in the words of Codex, of Claude Code or Colophon: no fact is made of it. */
export function isLeftOut(text: string): boolean {
  return /^\s*[[<]redacted[\]>]\s*$/i.test(text)
}

/** Counts what a redaction changes, and keeps a few examples of it. Secrets in the examples are masked. */
export interface Tally {
  note(kind: RedactionKind, before: string, after: string): void
}
