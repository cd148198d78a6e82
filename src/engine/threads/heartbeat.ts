const everyMs = 1000
/** Beats without an answer until it is told. A long step of SQLite's, such as VACUUM, holds a thread legitimately. */
const silentAfter = 10
/** And until it is ended: nothing that Colophon does holds a thread so long. */
const hopelessAfter = 300

interface Given {
  /** Whether somebody waits: a part that nobody asks is left to sleep. */
  readonly isDue: () => boolean
  readonly ping: () => void
  readonly silent: (seconds: number) => void
  readonly answers: () => void
  readonly hopeless: (why: string) => void
}

export interface Heartbeat {
  /** Somebody waits: it beats until nobody does, so that an idle program is left asleep. */
  start(): void
  stop(): void
  pong(): void
  readonly isSilent: boolean
  /** Why it was ended by its heartbeat; null: it was not. */
  why: string | null
}

/** Beats are counted, not seconds: while the machine sleeps neither passes. */
export function heartbeat(given: Given): Heartbeat {
  let timer: NodeJS.Timeout | null = null
  let missed = 0
  let isAsked = false

  function beat(): void {
    if (isAsked) {
      missed++
      if (missed >= silentAfter && missed % silentAfter === 0) given.silent(missed)
      if (missed === hopelessAfter) given.hopeless(`it did not answer for ${String(hopelessAfter)} s`)
    } else if (given.isDue()) {
      isAsked = true
      given.ping()
    } else rest()
  }
  function rest(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }
  const self: Heartbeat = {
    why: null,
    get isSilent() {
      return missed >= silentAfter
    },
    start() {
      timer ??= setInterval(beat, everyMs).unref()
    },
    stop() {
      rest()
      missed = 0
      isAsked = false
    },
    pong() {
      if (missed >= silentAfter) given.answers()
      missed = 0
      isAsked = false
    },
  }
  return self
}
