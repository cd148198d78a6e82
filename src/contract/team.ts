import { z } from 'zod'
import { asked } from './source.ts'
import { isOpenToAll, teamAddress, teamDatabase } from './team-address.ts'

const name = z.string().min(1).max(200)
/** Of a name with such signs ClickHouse's client makes another one. */
const database = name.regex(teamDatabase, 'may hold no quote, no backslash and no control character')
/** A path; none is null, and a field that was left empty says the same. */
const file = z
  .string()
  .trim()
  .max(4096)
  .nullable()
  .overwrite((path) => (path === '' ? null : path))
  .default(null)

const url = z
  .string()
  .max(2000)
  .regex(teamAddress, 'is no address of http or https without a password in it')
  .refine(
    (text) => !isOpenToAll(text),
    'has to be https: beyond this machine the password and all answers would go over the network for all to read',
  )

/** Where a team's Collector writes, and how to get there. Files are paths on the machine that Colophon runs on. */
export const teamConnection = z.object({
  url,
  user: name.default('default'),
  /** Of the Collector's tables. */
  database: database.default('otel'),
  /** Of Colophon's own. */
  factsDatabase: database.default('colophon'),
  /** An authority that the system does not know, in PEM. */
  caFile: file,
  /** A certificate of this client and its key, in PEM. */
  certFile: file,
  keyFile: file,
})

/** A password that is not given stays as it was. */
export const teamDraft = teamConnection.extend({ password: z.string().max(2000).optional() })

export const teamShown = z.object({
  /** null: none is set up, and nothing of a team is loaded, opened or sent. */
  connection: teamConnection.nullable(),
  /** Where the password is: in the keychain of the system, in a file for its owner alone, or nowhere. */
  password: z.enum(['keychain', 'file', 'none']),
})

export const teamTested = z.object({
  /** What was found, in words, in the order in which it was looked for. */
  found: z.array(z.object({ is: z.enum(['good', 'note', 'bad']), words: z.string() })),
  /** What an administrator runs for what is missing; '' where nothing is. */
  sql: z.string(),
})

/** What somebody waits for, and how far it is. */
export const teamDoing = z.object({
  what: z.string(),
  done: z.number().int().nonnegative(),
  /** null: nobody knows yet. */
  total: z.number().int().nonnegative().nullable(),
})

/** Which questions, by what they are called; all of them where nothing is said. */
export const teamStop = z.strictObject({ asked: z.array(asked).max(200).optional() })

export const teamState = z.object({
  /** What has been going on for more than a second. */
  doing: z.array(teamDoing),
})

export type TeamDoing = z.infer<typeof teamDoing>
export type TeamConnection = z.infer<typeof teamConnection>
export type TeamDraft = z.output<typeof teamDraft>
export type TeamTested = z.infer<typeof teamTested>
