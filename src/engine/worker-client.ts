import { Worker } from 'node:worker_threads'
import type { Alert } from '../contract/alerts.ts'
import type { Result } from '../contract/result.ts'
import type { SearchThread } from './queries/session-search.ts'
import type {
  ReaderReply,
  ReaderRequest,
  SearchReply,
  SearchRequest,
  Stored,
  WorkerOptions,
  WriterReply,
  WriterRequest,
} from './store/messages.ts'

/** The worker's file stands in `store/` in the source tree, and beside this code in the bundle. */
export function startWorker(name: 'writer' | 'reader' | 'export' | 'search' | 'check', options: WorkerOptions): Worker {
  const file = import.meta.url.endsWith('.ts') ? `./store/${name}-worker.ts` : `./${name}-worker.js`
  return new Worker(new URL(file, import.meta.url), {
    workerData: options,
    name: `colophon ${name}`,
    // Records pass through and die young; a large nursery would only keep them resident.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
}

export interface WriterClient {
  /** Resolves when the body is committed, or refused. */
  store(body: Omit<Extract<WriterRequest, { kind: 'store' }>, 'kind' | 'id'>): Promise<Stored>
  call(name: string, params: unknown): Promise<Result<unknown>>
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
}

/** Rejects with the worker's own message when the database cannot be opened, or another process holds it. */
export async function startWriter(options: WorkerOptions, listener: WriterListener): Promise<WriterClient> {
  const worker = startWorker('writer', options)
  const waiting = new Map<number, (reply: WriterReply) => void>()
  const died = whenDead(worker, (message) => {
    for (const [id, answer] of waiting) answer(lost(id, message))
    waiting.clear()
  })
  let nextId = 1
  let closed: (() => void) | null = null
  await new Promise<void>((ready, fail) => {
    died.then(fail, fail)
    worker.on('message', (reply: WriterReply) => {
      if (reply.kind === 'ready') ready()
      else if (reply.kind === 'failed') fail(new Error(reply.message))
      else if (reply.kind === 'settled') listener.settled()
      else if (reply.kind === 'alerted') listener.alerted(reply.alerts)
      else if (reply.kind === 'jobChanged') listener.jobChanged()
      else if (reply.kind === 'closed') closed?.()
      else take(waiting, reply.id)?.(reply)
    })
  })

  function ask(request: (id: number) => WriterRequest, transfer: ArrayBuffer[] = []): Promise<WriterReply> {
    const id = nextId++
    return new Promise((answer) => {
      waiting.set(id, answer)
      worker.postMessage(request(id), transfer)
    })
  }
  return {
    async store(body) {
      const size = body.bytes.length
      const reply = await ask((id) => ({ kind: 'store', id, ...body }), [body.bytes.buffer])
      if (reply.kind === 'stored') return reply.stored
      return notStored(reply.kind === 'called' && !reply.result.ok ? reply.result.error.message : 'no answer', size)
    },
    async call(name, params) {
      const reply = await ask((id) => ({ kind: 'call', id, name, params }))
      return reply.kind === 'called' ? reply.result : unavailable('the store gave no answer')
    },
    async close() {
      await new Promise<void>((done) => {
        closed = done
        died.then(() => done(), done)
        worker.postMessage({ kind: 'close' } satisfies WriterRequest)
      })
      await worker.terminate()
    },
  }
}

export async function startReader(options: WorkerOptions): Promise<ReaderClient> {
  const worker = startWorker('reader', options)
  const waiting = new Map<number, (reply: ReaderReply) => void>()
  const died = whenDead(worker, (message) => {
    for (const [id, answer] of waiting) answer({ kind: 'called', id, result: unavailable(message) })
    waiting.clear()
  })
  let nextId = 1
  await new Promise<void>((ready, fail) => {
    died.then(fail, fail)
    worker.on('message', (reply: ReaderReply) => {
      if (reply.kind === 'ready') ready()
      else if (reply.kind === 'failed') fail(new Error(reply.message))
      else take(waiting, reply.id)?.(reply)
    })
  })
  return {
    async call(name, params) {
      const id = nextId++
      const reply = await new Promise<ReaderReply>((answer) => {
        waiting.set(id, answer)
        worker.postMessage({ id, name, params } satisfies ReaderRequest)
      })
      return reply.kind === 'called' ? reply.result : unavailable('the store gave no answer')
    },
    close: async () => {
      await worker.terminate()
    },
  }
}

/** Started when it is first needed, and again after it has died; ends with the thread that it is started from at the latest. */
export function searchThread(options: WorkerOptions): SearchThread {
  const waiting = new Map<number, (found: SearchReply['found'] | null) => void>()
  let worker: Worker | null = null
  let nextId = 1

  function running(): Worker {
    if (worker !== null) return worker
    const started = startWorker('search', options)
    worker = started
    started.on('message', ({ id, found }: SearchReply) => take(waiting, id)?.(found))
    void whenDead(started, () => {
      worker = null
      for (const answer of waiting.values()) answer(null)
      waiting.clear()
    })
    return started
  }
  return {
    start: () => void running(),
    scan: (job) =>
      new Promise((answer) => {
        const id = nextId++
        waiting.set(id, answer)
        running().postMessage({ id, job } satisfies SearchRequest)
      }),
    close: async () => {
      await worker?.terminate()
    },
  }
}

/** Resolves with an Error when the worker has ended; `onDeath` is told before, so that nobody waits for ever. */
function whenDead(worker: Worker, onDeath: (message: string) => void): Promise<Error> {
  return new Promise((resolve) => {
    let cause: Error | null = null
    worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error))
    })
    worker.on('exit', (code) => {
      const error = cause ?? new Error(`the store's worker ended with code ${code}`)
      onDeath(error.message)
      resolve(error)
    })
  })
}

function take<T>(waiting: Map<number, T>, id: number): T | undefined {
  const found = waiting.get(id)
  waiting.delete(id)
  return found
}

function lost(id: number, message: string): WriterReply {
  return { kind: 'called', id, result: unavailable(message) }
}

function unavailable(message: string): Result<never> {
  return { ok: false, error: { code: 'unavailable', message } }
}

function notStored(message: string, bytes: number): Stored {
  const accepted = { kind: 'unavailable', message, retryAfterS: 5 } as const
  return { accepted, repeated: false, cut: 0, edited: 0, bytes, service: '', version: '' }
}
