import { z } from 'zod'

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
})

export type Settings = z.infer<typeof settings>

export const defaultSettings: Settings = { theme: 'system' }
