import { z } from 'zod'

/** Where Codex puts what it knows of the thread that is shown, into the params of each read. */
export const snapshotKey = 'com.openai/codex-statusline-state'

const part = z.number().nonnegative().optional()

/** What of it is used; the rest, and what later versions add, is passed over. */
const snapshot = z.object({
  thread: z.object({
    id: z.string().min(1),
    usage: z
      .object({
        context: z.object({ used_percentage: part }).optional(),
        total: z.object({ total_input_tokens: part }).optional(),
      })
      .optional(),
  }),
})

export interface ShownThread {
  readonly id: string
  /** How full the context is; null where Codex does not say. */
  readonly contextPercent: number | null
  /** A model has answered in it, so that its telemetry is due. */
  readonly hasUsed: boolean
}

export function threadOf(meta: Readonly<Record<string, unknown>> | undefined): ShownThread | null {
  const read = snapshot.safeParse(meta?.[snapshotKey])
  if (!read.success) return null
  const { id, usage } = read.data.thread
  return {
    id,
    contextPercent: usage?.context?.used_percentage ?? null,
    hasUsed: (usage?.total?.total_input_tokens ?? 0) > 0,
  }
}
