import type { Trouble } from '../../contract/troubles.ts'
import { mostEnds, type PartEvent } from './keep-running.ts'
import { parts } from './parts.ts'

export interface Troubles {
  /** What is told of threads and processes. */
  part(event: PartEvent): void
  /** Why the disk takes nothing; null: it took something. */
  disk(why: string | null): void
  /** Why what a rule of alerts does did not work; null: it worked. */
  alert(rule: string, why: string | null): void
  /** The newest first. */
  list(): readonly Trouble[]
}

/** More than a page could show. */
const mostKept = 30

/** What stopped working, in words, until the host ends. Each is reported once more when it is over. */
export function troubleKeeper(changed: () => void): Troubles {
  const open = new Map<string, { readonly trouble: Trouble; readonly happened: string }>()
  let all: Trouble[] = []
  let nextId = 1

  function put(trouble: Trouble): void {
    all = [trouble, ...all.filter(({ id }) => id !== trouble.id)].slice(0, mostKept)
    console.error(`colophon: ${trouble.words}`)
    changed()
  }
  function begin(key: string, of: Trouble['of'], happened: string, meanwhile: string): void {
    const { id, sinceMs } = open.get(key)?.trouble ?? { id: nextId++, sinceMs: Date.now() }
    const stopsStoring = of === 'writer' || of === 'disk'
    const trouble = { id, of, sinceMs, endedMs: null, words: `${happened} ${meanwhile}`, stopsStoring }
    open.set(key, { trouble, happened })
    put(trouble)
  }
  function end(key: string, now: string): void {
    const known = open.get(key)
    if (known === undefined) return
    open.delete(key)
    put({ ...known.trouble, endedMs: Date.now(), words: `${known.happened} ${now}` })
  }

  return {
    part(event) {
      const { part, key } = event
      const { title, without } = parts[part]
      if (event.kind === 'ended') {
        const next =
          event.againInMs === null
            ? `It has ended too often to be started again: ${without}.`
            : `It is started again; until then ${without}.`
        begin(key, part, `${title} ended unexpectedly: ${event.why}.`, next)
      } else if (event.kind === 'silent')
        begin(key, part, `${title} has not answered for ${event.seconds} s.`, `Until it does, ${without}.`)
      else if (event.kind === 'answers') end(key, 'Now it answers again.')
      else end(key, 'It was started again; nothing that was acknowledged is lost.')
    },
    disk(why) {
      if (why === null) end('disk', 'Writing works again, and what arrives is stored.')
      else if (open.get('disk')?.happened !== why)
        begin('disk', 'disk', why, 'Nothing can be stored, and senders are told to try again, until there is room.')
    },
    alert(rule, why) {
      const key = `alert ${rule}`
      if (why === null) end(key, 'It works again.')
      else begin(key, 'alert', `The action of an alert failed: ${why}.`, 'The alert itself is shown in the app.')
    },
    list: () => all,
  }
}

/** Why a host ends, for who finds it ended. */
export function gaveUp(part: PartEvent['part'], why: string): string {
  return `${parts[part].title.toLowerCase()} ended ${String(mostEnds)} times within a minute, the last time because ${why}; what was acknowledged is stored`
}
