import { z } from 'zod'

/** What can be taken out of a session before it is shared. */
export const redactionKind = z.enum(['prompts', 'arguments', 'output', 'paths', 'email', 'secrets'])

export type RedactionKind = z.infer<typeof redactionKind>

/** Codex's own word where it leaves out a prompt; Colophon reads it as "not known". */
export const redactedText = '[REDACTED]'

/** Counts what a redaction changes, and keeps a few examples of it. Secrets in the examples are masked. */
export interface Tally {
  note(kind: RedactionKind, before: string, after: string): void
}
