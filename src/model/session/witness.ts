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

const names: Readonly<Record<Difference['what'], string>> = {
  turns: 'turn',
  modelCalls: 'model call',
  toolCalls: 'tool call',
  prompts: 'prompt',
}

/** Who tells of a session, and whether they agree. */
export function witnessWords({ witness: of, differences }: { witness: Witness; differences: number }): string {
  if (differences > 0) return 'telemetry and its file differ'
  return { telemetry: 'from telemetry alone', file: 'from its file alone', both: 'telemetry and its file agree' }[of]
}

/** `the file has 2 model calls more: Codex lost its last export` */
export function differenceWords({ what, witness: of, count }: Difference): string {
  const things = `${count} ${names[what]}${count === 1 ? '' : 's'}`
  return of === 'file'
    ? `the file has ${things} more: Codex lost an export, or was not heard`
    : `the telemetry has ${things} more: the file does not hold them`
}
