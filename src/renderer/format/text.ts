import type { SessionSummary } from '../../model/session/summary.ts'
import { visible } from '../../model/visible.ts'
import { shortMoment } from './time.ts'

/** `01a1f848…1d93`: enough of an id to recognise it. Its start holds the time, its end the chance. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`
}

/** `~/shop` for `/home/ada/shop` and `/Users/ada/shop`; other folders as they are. */
export function shortFolder(folder: string): string {
  return folder.replace(/^(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)[^/\\]+(?=[/\\]|$)/, '~')
}

/** What a session is called: as the user named it, else by its first prompt, else its folder and when it began, else its id. */
export function sessionTitle({
  id,
  title,
  folder,
  byUser,
  startedAtMs,
}: Pick<SessionSummary, 'id' | 'title' | 'folder'> & Partial<Pick<SessionSummary, 'byUser' | 'startedAtMs'>>): string {
  const said = byUser?.name || title
  if (said) return visible(said)
  const place = folder ? shortFolder(folder) : shortId(id)
  // Of a folder there are many: when it began tells it from the others.
  return visible(folder && startedAtMs !== undefined ? `${place} · ${shortMoment(startedAtMs)}` : place)
}

const kindNames = {
  user: '',
  subagent: 'sub-agent',
  title: 'title',
  app: 'app',
  guardian: 'guardian',
  review: 'review',
} as const

/** How a helper is named beside its title; nothing for a person's own session. */
export function kindName(kind: SessionSummary['kind']): string {
  return kindNames[kind]
}

/** The port of `127.0.0.1:4317` and of `[::1]:4317`. */
export function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1)
}
