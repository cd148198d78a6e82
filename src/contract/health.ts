import { z } from 'zod'
import { signal } from '../model/signal.ts'

/** A name of Codex's that Colophon does not know, or that no earlier version was heard to use. It is stored and shown like any other. */
export const newName = z.object({
  name: z.string(),
  signal,
  service: z.string(),
  version: z.string(),
  firstSeenAtMs: z.number(),
  /** An event whose meaning is not known; else a name that came with another version than the first one heard of. */
  unknownEvent: z.boolean(),
})

export const newNames = z.object({
  names: z.array(newName),
  /** How many more there are. */
  leftOut: z.number().int().nonnegative(),
  /** The version of Codex that was heard of first; null: none yet. */
  firstVersion: z.string().nullable(),
})

export type NewNames = z.infer<typeof newNames>
