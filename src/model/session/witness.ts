import { z } from 'zod'

/** Who says that something happened: Codex's telemetry, its own session files, or both. */
export const witness = z.enum(['telemetry', 'file', 'both'])
export type Witness = z.infer<typeof witness>

/** What a difference between the witnesses of a session is about. */
export const differenceKind = z.enum(['turns', 'modelCalls', 'toolCalls', 'prompts'])

/** Things that one witness knows and the other one should. */
export const difference = z.object({
  what: differenceKind,
  /** Who has them. */
  witness: z.enum(['telemetry', 'file']),
  count: z.number().int().positive(),
})
export type Difference = z.infer<typeof difference>
