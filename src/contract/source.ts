import { z } from 'zod'
import { procedure, type Procedure } from './procedure.ts'

/** Whose sessions are meant: those of this machine, which they are where nothing is said, or a team's (Settings › Team). */
export const source = z.enum(['local', 'team'])

export type Source = z.infer<typeof source>

const asked = { source: source.optional() }

/** A procedure that asks of sessions, and so says whose. */
export function ofSource<P extends z.ZodRawShape, R extends z.ZodType>(
  params: z.ZodObject<P>,
  result: R,
): Procedure<z.ZodObject<P & typeof asked>, R> {
  return procedure(params.extend(asked) as unknown as z.ZodObject<P & typeof asked>, result)
}
