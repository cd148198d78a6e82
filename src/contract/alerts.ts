import { z } from 'zod'
import { action } from '../model/alerts/action.ts'
import { cause, rule, watched } from '../model/alerts/rule.ts'

export const alert = z.object({
  id: z.string(),
  ruleId: z.string(),
  /** The rule as it was then. */
  watched,
  startedMs: z.number(),
  /** null: it is still so. */
  endedMs: z.number().nullable(),
  value: z.number(),
  words: z.string(),
  cause,
  seen: z.boolean(),
})

export const alertListParams = z.object({ limit: z.number().int().min(1).max(1000).default(200) })
/** Newest first. */
export const alertListResult = z.object({ alerts: z.array(alert), unseen: z.number().int().nonnegative() })
/** Does once what an alert would do. */
export const alertTestParams = z.object({ action })
export const ruleListResult = z.object({ rules: z.array(rule) })

export type Alert = z.infer<typeof alert>
