import type { Status } from '../contract/status.ts'
import type { RefusedRequest } from './receivers/received-body.ts'

type Refusal = Status['refusals'][number]

/** Kinds of refusal that are remembered; the one that was silent longest makes room. */
const mostKinds = 50
const longestWords = 300

/** The last requests that were refused, the same ones of one sender as one. In memory, bounded whatever senders do. */
export interface Refusals {
  note(request: RefusedRequest): void
  /** The latest first. */
  read(): Refusal[]
}

export function refusals(now: () => number = Date.now): Refusals {
  const known = new Map<string, Refusal>()
  return {
    note({ transport, path, peer, agent, message }) {
      const told = { transport, path: plain(path), peer: plain(peer), agent: plain(agent), reason: plain(message) }
      const key = Object.values(told).join('\n')
      const before = known.get(key)
      const atMs = now()
      // Last in the order of the map is the latest.
      known.delete(key)
      known.set(key, { ...told, requests: (before?.requests ?? 0) + 1, firstMs: before?.firstMs ?? atMs, lastMs: atMs })
      if (known.size > mostKinds) known.delete(known.keys().next().value ?? '')
    },
    read: () => [...known.values()].reverse(),
  }
}

/** A sender's words on one short line. */
function plain(text: string): string {
  return text.slice(0, longestWords).replace(/[^\x20-\x7e\u00a0-\u024f]/g, '?')
}
