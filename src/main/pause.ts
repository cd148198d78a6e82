import type { Engine } from '../engine/engine.ts'

/** Whether receiving is paused, until the app ends: nobody should lose a week's telemetry by a pause that was forgotten. */
export interface Pause {
  readonly isPaused: () => boolean
  readonly set: (paused: boolean) => Promise<void>
  readonly onChange: (listener: () => void) => void
}

export function createPause(engine: Pick<Engine, 'setReceiving'>): Pause {
  let paused = false
  let last: Promise<void> = Promise.resolve()
  const listeners: (() => void)[] = []
  return {
    isPaused: () => paused,
    set(wanted) {
      // One after the other: a port is free again only when its receiver has closed.
      const done = last.then(async () => {
        if (wanted === paused) return
        await engine.setReceiving(!wanted)
        paused = wanted
        for (const tell of listeners) tell()
      })
      last = done.catch(() => undefined)
      return done
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
