import type { Changed, Topic } from '../contract/changes.ts'

/** At most four pushes a second. */
const everyMs = 250

export interface Changes {
  note(topic: Topic): void
  /** Tells the listener at once what changed in the last `missedMs`. */
  subscribe(listener: (changed: Changed) => void, missedMs?: number): () => void
  close(): void
}

/** Gathers what has changed and tells it at most every 250 ms; the first change of a quiet time at once. */
export function createChanges(): Changes {
  const listeners = new Set<(changed: Changed) => void>()
  const pending = new Set<Topic>()
  const toldMs = new Map<Topic, number>()
  let timer: NodeJS.Timeout | null = null

  function push(): void {
    timer = null
    if (pending.size === 0) return
    const changed: Changed = { topics: [...pending] }
    pending.clear()
    for (const topic of changed.topics) toldMs.set(topic, performance.now())
    timer = setTimeout(push, everyMs)
    for (const listener of listeners) listener(changed)
  }
  return {
    note(topic) {
      pending.add(topic)
      if (timer === null) push()
    },
    subscribe(listener, missedMs = 0) {
      const after = performance.now() - missedMs
      const missed = [...toldMs].filter(([, at]) => at > after).map(([topic]) => topic)
      if (missed.length > 0) listener({ topics: missed })
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      listeners.clear()
    },
  }
}
