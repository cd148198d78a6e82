import type { TeamDoing } from '../contract/team.ts'

/** What takes less is not told of. */
const tellAfterMs = 1000
const tellEveryMs = 250

/** One thing that somebody waits for. */
export interface Doing {
  /** How far it is; of how many in all, where that is known. */
  readonly at: (done: number, total: number | null) => void
  readonly end: () => void
}

export interface Doings {
  readonly begin: (what: string) => Doing
}

/** Tells what has been going on for a while, whenever that has changed. */
export function keepDoings(tell: (doing: readonly TeamDoing[]) => void): Doings {
  const going = new Set<{ readonly what: string; readonly sinceMs: number; done: number; total: number | null }>()
  let timer: NodeJS.Timeout | null = null
  let told = '[]'

  function look(): void {
    const now = performance.now()
    const list = [...going]
      .filter(({ sinceMs }) => now - sinceMs >= tellAfterMs)
      .map(({ what, done, total }) => ({ what, done, total }))
    if (going.size === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
    const text = JSON.stringify(list)
    if (text === told) return
    told = text
    tell(list)
  }

  return {
    begin(what) {
      const one = { what, sinceMs: performance.now(), done: 0, total: null as number | null }
      going.add(one)
      timer ??= setInterval(look, tellEveryMs).unref()
      return {
        at: (done, total) => Object.assign(one, { done, total }),
        end: () => {
          going.delete(one)
          if (going.size === 0) look()
        },
      }
    },
  }
}

/** For who looks at nothing: a command, a test. */
export const untold: Doings = { begin: () => ({ at: () => undefined, end: () => undefined }) }

/** Does it under that name. */
export async function under<T>(doings: Doings, what: string, work: (doing: Doing) => Promise<T>): Promise<T> {
  const doing = doings.begin(what)
  try {
    return await work(doing)
  } finally {
    doing.end()
  }
}
