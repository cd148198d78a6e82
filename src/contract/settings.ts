import { z } from 'zod'
import { historySettings } from './history.ts'
import { retention, type Retention } from './store.ts'

/** Where a panel stands: in the order of the list, within its section. Columns of twelve, rows of 96 px. */
export const panelPlace = z.object({
  id: z.string().max(100),
  width: z.number().int().min(1).max(12),
  height: z.number().int().min(1).max(8),
  hidden: z.boolean(),
})

export type PanelPlace = z.infer<typeof panelPlace>

/** What is taken out of records before they are stored. What is sent on is not changed. */
export const privacy = z.object({
  dropPrompts: z.boolean(),
  dropArguments: z.boolean(),
  dropOutputs: z.boolean(),
  maskEmail: z.boolean(),
})

export type Privacy = z.infer<typeof privacy>

/** What agents that ask are told in full; of everything else only how long it is. */
export const agents = z.object({ showPrompts: z.boolean(), showArguments: z.boolean(), showOutputs: z.boolean() })

export type Agents = z.infer<typeof agents>

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** How each dashboard was arranged; one that is not named here stands as it came. */
  dashboards: z.partialRecord(z.enum(['codex', 'genai']), z.array(panelPlace).max(500)).optional(),
  /** Left out: everything is kept. */
  retention: retention.optional(),
  /** Left out: everything is stored as received. */
  privacy: privacy.optional(),
  /** Left out: agents are told lengths alone. */
  agents: agents.optional(),
  /** Left out: Codex's own session files are not read. */
  history: historySettings.optional(),
  /** Until when what is new in records and files was put away; left out: never. */
  namesSeenMs: z.number().optional(),
})

export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = { theme: 'system' }
export const keepsEverything: Retention = { rawDays: null, rawBytes: null, factsDays: null }
export const storesEverything: Privacy = {
  dropPrompts: false,
  dropArguments: false,
  dropOutputs: false,
  maskEmail: false,
}
export const tellsLengths: Agents = { showPrompts: false, showArguments: false, showOutputs: false }
