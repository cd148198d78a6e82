import { vi } from 'vitest'

/** Far beyond what any condition takes to come true, and below the time-out of a test, so that the condition is named. */
const leastMs = 60_000

/** Vitest gives up waiting after a second, which on a busy machine says nothing: no test waits for less than a minute. */
const waitFor = vi.waitFor.bind(vi)
vi.waitFor = (callback, options) => {
  const given = typeof options === 'number' ? { timeout: options } : options
  return waitFor(callback, { ...given, timeout: Math.max(given?.timeout ?? 0, leastMs) })
}
