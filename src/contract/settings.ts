import { z } from 'zod'

/** Where a panel stands: in the order of the list, within its section. Columns of twelve, rows of 96 px. */
export const panelPlace = z.object({
  id: z.string().max(100),
  width: z.number().int().min(1).max(12),
  height: z.number().int().min(1).max(8),
  hidden: z.boolean(),
})

export type PanelPlace = z.infer<typeof panelPlace>

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** How each dashboard was arranged; one that is not named here stands as it came. */
  dashboards: z.partialRecord(z.enum(['codex', 'genai']), z.array(panelPlace).max(500)).optional(),
})

export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = { theme: 'system' }
