import type { WorkerOptions } from './store/messages.ts'
import type { Watch } from './threads/keep-running.ts'
import { readerClient, type ReaderClient } from './worker-client.ts'

/** A dashboard asks some forty questions at once; with more threads than this each would only wait for the others. */
const most = 2

interface Place {
  readonly reader: ReturnType<typeof readerClient>
  waiting: number
}

/**
 * Readers for what looks at all sessions at once, so that a heavy question of a dashboard never stands before a session's. They start
 * when they are needed: a host that only receives does without them. Each question goes to the one with the fewest before it.
 */
export function lazyReader(options: WorkerOptions, watch: Watch): ReaderClient {
  const places: Place[] = []

  function freest(): Place {
    // One that has ended refuses at once, and would seem to be the freest.
    const up = places.filter(({ reader, waiting }) => waiting > 0 || reader.isUp())
    const [best] = (up.length > 0 ? up : places).toSorted((a, b) => a.waiting - b.waiting)
    if (best !== undefined && (best.waiting === 0 || places.length >= most)) return best
    const reader = readerClient(options, watch, 'analyst', `analyst ${String(places.length)}`)
    const place = { reader, waiting: 0 }
    places.push(place)
    return place
  }

  return {
    call: async (name, params) => {
      const place = freest()
      place.waiting++
      try {
        return await place.reader.call(name, params)
      } finally {
        place.waiting--
      }
    },
    close: async () => {
      await Promise.all(places.map(({ reader }) => reader.close()))
    },
  }
}
