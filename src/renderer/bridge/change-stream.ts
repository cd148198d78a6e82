import { topics } from '../../contract/changes.ts'
import type { Changed, Topic } from '../../contract/changes.ts'
import { eventStreamReader } from './event-stream.ts'

const firstDelayMs = 250
const longestDelayMs = 10_000

export interface ChangeStreamOptions {
  /** One attempt to open the stream. */
  readonly open: (signal: AbortSignal) => Promise<Response>
  readonly onChanged: (changed: Changed) => void
  /** The host refuses this token: trying again would not help. */
  readonly onUnauthorized: () => void
}

/**
 * Keeps the push of a host open, with growing pauses between attempts. After every new connection everything counts as
 * changed, because pushes may have been missed. Returns the function that ends it.
 */
export function openChangeStream(options: ChangeStreamOptions): () => void {
  const ended = new AbortController()
  void run(options, ended.signal)
  return () => ended.abort()
}

async function run({ open, onChanged, onUnauthorized }: ChangeStreamOptions, signal: AbortSignal): Promise<void> {
  let delayMs = firstDelayMs
  let firstTime = true
  while (!signal.aborted) {
    try {
      const response = await open(signal)
      if (response.status === 401) return onUnauthorized()
      if (response.ok && response.body) {
        delayMs = firstDelayMs
        if (!firstTime) onChanged({ topics })
        firstTime = false
        await readAll(response.body, onChanged)
      }
    } catch {
      // The host is away, or the stream was cut: both end in the next attempt.
    }
    await pause(delayMs, signal)
    delayMs = Math.min(delayMs * 2, longestDelayMs)
  }
}

async function readAll(body: ReadableStream<Uint8Array>, onChanged: (changed: Changed) => void): Promise<void> {
  const feed = eventStreamReader((data) => {
    const changed = parseChanged(data)
    if (changed) onChanged(changed)
  })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    feed(decoder.decode(value, { stream: true }))
  }
}

function parseChanged(data: string): Changed | null {
  const parsed: unknown = JSON.parse(data)
  if (typeof parsed !== 'object' || parsed === null || !('topics' in parsed) || !Array.isArray(parsed.topics))
    return null
  const known = parsed.topics.filter((topic): topic is Topic => topics.some((name) => name === topic))
  return { topics: known }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
