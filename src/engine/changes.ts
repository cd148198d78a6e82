import type { Changed, Topic } from '../contract/changes.ts'

/** At most four pushes a second. */
const everyMs = 250

export interface Changes {
  note(topic: Topic): void
  subscribe(listener: (changed: Changed) => void): () => void
  close(): void
}

/** Gathers what has changed and tells it at most every 250 ms; the first change of a quiet time at once. */
export function createChanges(): Changes {
  const listeners = new Set<(changed: Changed) => void>()
  const pending = new Set<Topic>()
  let timer: NodeJS.Timeout | null = null

  function push(): void {
    timer = null
    if (pending.size === 0) return
    const changed: Changed = { topics: [...pending] }
    pending.clear()
    timer = setTimeout(push, everyMs)
    for (const listener of listeners) listener(changed)
  }
  return {
    note(topic) {
      pending.add(topic)
      if (timer === null) push()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      listeners.clear()
    },
  }
}
