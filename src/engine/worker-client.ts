import type { Alert } from '../contract/alerts.ts'
import { ProcedureError, type Result } from '../contract/result.ts'
import type { SearchThread } from './queries/session-search.ts'
import { packAhead } from './store/packed-body.ts'
import { unavailable } from './store/stored-words.ts'
import { keepRunning, type Kept, type PartEvent, type Watch } from './threads/keep-running.ts'
import { threadOf } from './threads/start-thread.ts'
import type {
  ReaderReply,
  RunningJob,
  SearchReply,
  Stored,
  WorkerOptions,
  WriterOptions,
  WriterReply,
  WriterRequest,
} from './store/messages.ts'

export interface WriterClient {
  /** Resolves when the body is committed, or refused; at once where the writer is away. */
  store(body: Omit<Extract<WriterRequest, { kind: 'store' }>, 'kind' | 'id' | 'packed'>): Promise<Stored>
  call(name: string, params: unknown, transfer?: readonly ArrayBuffer[]): Promise<Result<unknown>>
  /** Commits what was handed over, settles it and closes the database. */
  close(): Promise<void>
}

export interface ReaderClient {
  call(name: string, params: unknown): Promise<Result<unknown>>
  close(): Promise<void>
}

/** What the writer says unasked. */
export interface WriterListener {
  settled(): void
  alerted(alerts: readonly Alert[]): void
  /** A long work of the store has come further, or ended. */
  jobChanged(): void
  /** Whether the disk took what was to be stored. */
  disk(why: string | null): void
}

export type Answer = Extract<WriterReply, { kind: 'called' }>

/** Rejects with the worker's own message when the database cannot be opened, or another process holds it. */
export async function startWriter(
  options: WorkerOptions,
  listener: WriterListener,
  watch: Watch,
): Promise<WriterClient> {
  let job: RunningJob | null = null
  let cutOff: WriterOptions['cutOff'] = null
  const writer = keepRunning({
    part: 'writer',
    start: threadOf('writer', () => ({ ...options, cutOff }) satisfies WriterOptions),
    watch(event) {
      if (event.kind === 'ended') {
        // The one that follows says what became of it.
        if (job !== null) cutOff = { ...job, why: event.why }
        job = null
      } else if (event.kind === 'started') cutOff = null
      watch(event)
    },
    onMessage(message) {
      const reply = message as WriterReply
      if (reply.kind === 'settled') listener.settled()
      else if (reply.kind === 'alerted') listener.alerted(reply.alerts)
      else if (reply.kind === 'part') watch(reply.event)
      else if (reply.kind === 'jobChanged') {
        job = reply.running
        listener.jobChanged()
      }
    },
  })
  await writer.start()
  return {
    async store(body) {
      const size = body.bytes.length
      if (!writer.isUp) return unavailable('the writer of the store is away, and is started again', size)
      try {
        // What is JSON is stored as protobuf, which the writer makes of it.
        const packed = body.encoding === 'protobuf' ? packAhead(body.bytes) : null
        const transfer = packed === null ? [body.bytes.buffer] : [body.bytes.buffer, packed.bytes.buffer]
        const request = { kind: 'store', ...body, packed }
        const { stored } = await writer.ask<Extract<WriterReply, { kind: 'stored' }>>(request, transfer)
        const { accepted, repeated, disk } = stored
        if (disk !== null || (accepted.kind === 'stored' && !repeated)) listener.disk(disk)
        return stored
      } catch (error) {
        return unavailable(wordsOf(error), size)
      }
    },
    call: (name, params, transfer) => answerOf(writer.ask<Answer>({ kind: 'call', name, params }, transfer)),
    close: () => writer.close({ kind: 'close' }),
  }
}

/** For the thread that a reader has started to end: were it loading its native module then, the process would end with it. */
const mostClosingMs = 1000

/** `part` says whose questions it answers. It is started with its first question at the latest. */
export function readerClient(options: WorkerOptions, watch: Watch, part: 'reader' | 'analyst', key: string = part) {
  const reader = keepRunning({
    part,
    key,
    start: threadOf(part, () => options),
    watch,
    onMessage(message) {
      const reply = message as ReaderReply
      if (reply.kind === 'part') watch(reply.event)
    },
  })
  return {
    start: () => reader.start(),
    isUp: () => reader.isUp,
    call: (name: string, params: unknown) => answerOf(reader.ask<Answer>({ kind: 'call', name, params })),
    close: () => reader.close({ kind: 'close' }, mostClosingMs),
  }
}

/** Of the writer's thread: started with the first session that is long, and ends with that thread at the latest. */
export function settleThread(options: WorkerOptions, watch: (event: PartEvent) => void): Kept {
  return keepRunning({ part: 'settler', start: threadOf('settler', () => options), watch })
}

/** Started when it is first needed; ends with the thread that it is started from at the latest. */
export function searchThread(options: WorkerOptions, watch: (event: PartEvent) => void): SearchThread {
  const search = keepRunning({ part: 'search', start: threadOf('search', () => options), watch })
  return {
    start: () => {
      if (!search.isUp) search.start().catch(() => undefined)
    },
    scan: (job) =>
      search.ask<SearchReply>({ kind: 'scan', job }).then(
        ({ found }) => found,
        () => null,
      ),
    close: () => search.close(),
  }
}

export async function answerOf(asked: Promise<Answer>): Promise<Result<unknown>> {
  try {
    return (await asked).result
  } catch (error) {
    const code = error instanceof ProcedureError ? error.code : 'internal'
    return { ok: false, error: { code, message: wordsOf(error) } }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
