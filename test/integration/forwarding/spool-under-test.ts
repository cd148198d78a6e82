import { onTestFinished, vi } from 'vitest'
import type { DestinationDraft, ForwardLane } from '../../../src/contract/forwarding.ts'
import { forwardFigures, withLive, type LiveLane } from '../../../src/engine/forwarding/figures.ts'
import { startSender, type Sender } from '../../../src/engine/forwarding/sender.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { createWriter, type Writer } from '../../../src/engine/store/writer.ts'
import type { Signal } from '../../../src/model/signal.ts'
import type { CapturedBody } from '../../captures.ts'
import { temporaryFolder } from '../../unit/engine/store/temporary.ts'
import { openStoreFile } from '../engine/empty-store.ts'
import { jsonBody, logRequest, turnSpan, spanRequest } from '../engine/requests.ts'
import { jsonToProtobuf } from '../../../src/engine/otlp/json-to-protobuf.ts'

/** The writer and the sender on one thread, with waits of milliseconds. */
export interface SpoolUnderTest {
  readonly db: Db
  readonly dataDir: string
  readonly writer: Writer
  readonly sender: Sender
  store(body: CapturedBody): void
  lane(signal?: Signal): ForwardLane
  /** Until nothing waits and nothing is under way. */
  sent(): Promise<void>
}

export function destination(url: string, over: Partial<DestinationDraft> = {}): DestinationDraft {
  return {
    name: 'stand-in',
    enabled: true,
    protocol: 'http',
    url,
    signals: ['traces', 'logs', 'metrics'],
    headers: [],
    compression: 'none',
    caFile: null,
    certFile: null,
    keyFile: null,
    timeoutS: 10,
    ...over,
  }
}

export function openSpool(...drafts: DestinationDraft[]): SpoolUnderTest {
  const dataDir = temporaryFolder()
  const db = openStoreFile(dataDir)
  const readerDb = openForReading(dataDir)
  const writer = createWriter(db)
  for (const draft of drafts) writer.forwarding.save(draft)
  const live = new Map<string, LiveLane>()
  const sender = startSender({
    db: readerDb,
    own: [],
    report: (lane) => live.set(lane.destination + lane.signal, lane),
    advance: (progress) => {
      writer.forwarding.advance(progress)
      return Promise.resolve(true)
    },
    backoff: { firstMs: 20, mostMs: 60 },
  })
  onTestFinished(async () => {
    await sender.close(0)
    readerDb.close()
    db.close()
  })
  const lanes = (): readonly ForwardLane[] => withLive(forwardFigures(db), [...live.values()]).lanes
  return {
    db,
    dataDir,
    writer,
    sender,
    store(body) {
      const [stored] = writer.store([{ ...body, bytes: body.bytes.slice(), origin: 'received' }])
      if (stored?.accepted.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(stored)}`)
      sender.wake()
    },
    lane(signal = 'traces') {
      const found = lanes().find((lane) => lane.signal === signal)
      if (found === undefined) throw new Error(`no lane for ${signal}`)
      return found
    },
    async sent() {
      await vi.waitFor(
        () => {
          const busy = lanes().filter(({ queuedRequests, state }) => queuedRequests > 0 || state !== 'idle')
          if (busy.length > 0) throw new Error(`not all is sent: ${JSON.stringify(busy)}`)
        },
        { timeout: 20_000, interval: 10 },
      )
    },
  }
}

/** A request of one span like no other, as protobuf. */
export function tracesBody(spans = 1): CapturedBody {
  const request = spanRequest(...Array.from({ length: spans }, () => turnSpan('conversation-1')))
  return protobufOf(jsonBody('traces', request))
}

let logs = 0

export function logsBody(): CapturedBody {
  logs++
  return protobufOf(jsonBody('logs', logRequest({ timeUnixNano: String(1_790_000_000_000_000_000n + BigInt(logs)) })))
}

export function protobufOf({ signal, bytes }: CapturedBody): CapturedBody {
  return { signal, encoding: 'protobuf', bytes: new Uint8Array(jsonToProtobuf(signal, bytes)) }
}
