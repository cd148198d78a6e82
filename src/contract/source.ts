import { z } from 'zod'
import { procedure, type Procedure } from './procedure.ts'

/** Whose sessions are meant: those of this machine, which they are where nothing is said, or a team's (Settings › Team). */
export const source = z.enum(['local', 'team'])

export type Source = z.infer<typeof source>

/** What this question is called: of a team's, `team.stop` gives it up by that. */
export const asked = z.string().min(1).max(100)

const more = { source: source.optional(), asked: asked.optional() }

/** A procedure that asks of sessions, and so says whose. */
export function ofSource<P extends z.ZodRawShape, R extends z.ZodType>(
  params: z.ZodObject<P>,
  result: R,
): Procedure<z.ZodObject<P & typeof more>, R> {
  return procedure(params.extend(more) as unknown as z.ZodObject<P & typeof more>, result)
}
