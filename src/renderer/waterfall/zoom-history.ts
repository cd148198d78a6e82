import type { TimeRange } from './scale.ts'

/** What showed; null is all of it. */
type Shown = TimeRange | null

export interface ZoomHistory {
  /** To be told of every change before it is made. */
  readonly leave: (shown: Shown, nowMs: number) => void
  /** What to show instead, undefined where there is nothing before or after. */
  readonly back: (shown: Shown) => Shown | undefined
  readonly forward: (shown: Shown) => Shown | undefined
}

/** Changes that follow each other faster are one: the turns of a wheel, a drag. */
const gestureMs = 500
const most = 100

export function zoomHistory(): ZoomHistory {
  const before: Shown[] = []
  const after: Shown[] = []
  let changedMs = -Infinity
  return {
    leave(shown, nowMs) {
      if (nowMs - changedMs > gestureMs) {
        before.push(shown)
        if (before.length > most) before.shift()
        after.length = 0
      }
      changedMs = nowMs
    },
    back(shown) {
      const to = before.pop()
      if (to !== undefined) after.push(shown)
      changedMs = -Infinity
      return to
    },
    forward(shown) {
      const to = after.pop()
      if (to !== undefined) before.push(shown)
      changedMs = -Infinity
      return to
    },
  }
}
