import { vi } from 'vitest'

/** Far beyond what any condition takes to come true, and below the time-out of a test, so that the condition is named. */
const leastMs = 240_000

type Waiting = Parameters<typeof vi.waitFor>[1]

const patient = (options: Waiting) => {
  const given = typeof options === 'number' ? { timeout: options } : options
  return { ...given, timeout: Math.max(given?.timeout ?? 0, leastMs) }
}

// Vitest gives up after a second, which on a busy machine says nothing: no test waits for less than four minutes.
const { waitFor, waitUntil } = vi
vi.waitFor = (callback, options) => waitFor(callback, patient(options))
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options))
