import { z } from 'zod'
import { visible } from '../visible.ts'
import type { ByUser } from './by-user.ts'

/** What a session is named by, where no more is told of it; all null: not known here. */
export const called = z.object({
  /** As the user named it, else as Codex did or by its first prompt; null where prompts are not known. */
  title: z.string().nullable(),
  folder: z.string().nullable(),
  startedAtMs: z.number().nullable(),
})
export type Called = z.infer<typeof called>

/**
 * What a session is called, everywhere: as the user named it, else as Codex did or by its first prompt, else its folder's name and when it
 * began, to the second and by the clock of who reads it. Not by its first command: that comes later, so the name would change while one
 * looks, and many sessions of a project begin with the same one. Its folder comes with the first spans; until then it is a session.
 */
export function sessionName({
  id,
  title,
  folder,
  startedAtMs,
  byUser,
}: Called & { readonly id: string; readonly byUser?: ByUser | undefined }): string {
  const said = calledBy({ title, byUser })
  if (said) return visible(said)
  if (startedAtMs === null) return visible(folder ? lastOf(folder) : shortId(id))
  return visible(`${folder ? lastOf(folder) : 'Session'} · ${moment(startedAtMs)}`)
}

/** The name that a user or a prompt gave; null where there is none. */
export function calledBy({
  title,
  byUser: said,
}: {
  readonly title: string | null
  readonly byUser?: ByUser | undefined
}): string | null {
  return said?.name ?? title
}

/** Of a path or an address what tells it from its neighbours; a home is `~`. */
export function lastOf(path: string): string {
  const short = shortFolder(path)
  return short.split(/[/\\]/).findLast((part) => part !== '') ?? short
}

/** `01a1f848…1d93`: enough of an id to recognise it. Its start holds the time, its end the chance. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`
}

/** `~/shop` for `/home/ada/shop` and `/Users/ada/shop`; other folders as they are. */
export function shortFolder(folder: string): string {
  return folder.replace(/^(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)[^/\\]+(?=[/\\]|$)/, '~')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `13 Nov 14:02:11`: the same whenever it is read. */
function moment(ms: number): string {
  const at = new Date(ms)
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${at.getDate()} ${months[at.getMonth()] ?? ''} ${hours}:${minutes}:${seconds}`
}
