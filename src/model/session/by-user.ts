import { z } from 'zod'

const longestName = 500
const longestTag = 100
const longestNote = 20_000
const mostTags = 1000

/** One line: what a terminal or a line break would make of it is nobody's name. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
const nothing = (text: string): string | null => (text === '' ? null : text)

const name = z
  .string()
  .max(longestName)
  .transform((text) => nothing(oneLine(text)))
  .nullable()
const note = z
  .string()
  .max(longestNote)
  .transform((text) => nothing(text.trim()))
  .nullable()
const tags = z
  .array(z.string().max(longestTag))
  .max(mostTags)
  .transform((texts) => [...new Set(texts.map(oneLine))].filter((tag) => tag !== '').sort())

/** What the user says of a session, kept apart from all that was received of it. */
export const byUser = z.object({ name, starred: z.boolean(), note, tags })
export type ByUser = z.output<typeof byUser>

/** What is left out stays as it is; null and an empty list take away. */
export const markParams = z.object({
  id: z.string(),
  name: name.optional(),
  starred: z.boolean().optional(),
  note: note.optional(),
  tags: tags.optional(),
})

export const saidNothing: ByUser = { name: null, starred: false, note: null, tags: [] }

export function saysAnything({ name: named, starred, note: noted, tags: tagged }: ByUser): boolean {
  return named !== null || starred || noted !== null || tagged.length > 0
}

/** `own` once this is said; what is left out stays as it is. */
export function withChanges(own: ByUser, changes: { readonly [K in keyof ByUser]?: ByUser[K] | undefined }): ByUser {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...own, ...(Object.fromEntries(given) as Partial<ByUser>) }
}

/** What of `given` is not said yet: what stands already stays. */
export function unsaid(own: ByUser, given: ByUser): ByUser {
  return {
    name: own.name === null ? given.name : null,
    starred: given.starred && !own.starred,
    note: own.note === null ? given.note : null,
    tags: given.tags.filter((tag) => !own.tags.includes(tag)),
  }
}

/** Both together; of name and note the one that `own` has. */
export function saidBoth(own: ByUser, added: ByUser): ByUser {
  return {
    name: own.name ?? added.name,
    starred: own.starred || added.starred,
    note: own.note ?? added.note,
    tags: [...new Set([...own.tags, ...added.tags])].sort(),
  }
}

/** `own` without what was added, where that still stands as it came. */
export function withoutAdded(own: ByUser, added: ByUser): ByUser {
  return {
    name: own.name === added.name ? null : own.name,
    starred: own.starred && !added.starred,
    note: own.note === added.note ? null : own.note,
    tags: own.tags.filter((tag) => !added.tags.includes(tag)),
  }
}
