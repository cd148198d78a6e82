import { z } from 'zod'

/** Every thread and process beside the host's own. */
export const partNames = [
  'writer',
  'settler',
  'reader',
  'search',
  'analyst',
  'export',
  'check',
  'forward',
  'history',
  'words',
  'console',
  'team',
] as const

/** Something of Colophon's own that stopped working, and whether it works again. */
export const trouble = z.object({
  /** Grows with each one; a page that has told of it tells nothing twice. */
  id: z.int(),
  /** A thread or process, the disk, or what an alert does. */
  of: z.enum([...partNames, 'disk', 'alert']),
  sinceMs: z.number(),
  /** null: it lasts. */
  endedMs: z.number().nullable(),
  /** For a person: what happened, why, and what it means. */
  words: z.string(),
  /** Nothing is stored while it lasts: senders are told to try again. */
  stopsStoring: z.boolean(),
})

export type PartName = (typeof partNames)[number]
export type Trouble = z.infer<typeof trouble>
