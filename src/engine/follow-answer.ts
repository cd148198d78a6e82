import type { Result } from '../contract/result.ts'

const askAgainMs = 1000

export interface Following {
  /** Asks, and does what the answer says. Comes back when that is done, or where there was no answer. */
  readonly look: () => Promise<void>
  /** Asks no more, and lets no answer that is under way be followed. */
  readonly stop: () => void
}

/** Does what the reader answers. While it is away for a moment it is asked again, and what runs goes on as it did. */
export function followAnswer<T>(ask: () => Promise<Result<T>>, follow: (value: T) => Promise<void>): Following {
  let again: NodeJS.Timeout | null = null
  let isStopped = false
  async function look(): Promise<void> {
    const answer = await ask()
    if (isStopped) return
    if (answer.ok) return follow(answer.value)
    again ??= setTimeout(() => {
      again = null
      void look()
    }, askAgainMs)
  }
  return {
    look,
    stop() {
      isStopped = true
      if (again !== null) clearTimeout(again)
    },
  }
}
