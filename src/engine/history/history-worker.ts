import { serialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import type { HistoryScanned } from '../../contract/history.ts'
import { openForReading } from '../store/database.ts'
import type { Sought } from './codex-home.ts'
import { historyReader } from './history-reader.ts'
import type { HistoryReply, HistoryRequest, HistoryWorkerOptions } from './messages.ts'
import { NotWritten } from './read-homes.ts'
import { watchHomes } from './watch-homes.ts'

/** What no watch told of is found by then. */
const lookEveryMs = 30_000
const againAfterMs = 1000

const port = parentPort
if (port === null) throw new Error('the reader of session files runs as a worker')
const reply = (message: HistoryReply, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer)
}

const { dataDir, follows } = workerData as HistoryWorkerOptions
const db = openForReading(dataDir)
const written = new Map<number, (ok: boolean) => void>()
let nextId = 1
let sought = follows
let isClosed = false
/** Grows when other homes are to be followed: a pass over the ones before stops. */
let turn = 0
let queue: Promise<unknown> = Promise.resolve()
let waiting: NodeJS.Timeout | null = null

const reader = historyReader({
  db,
  write: (batch) =>
    new Promise((resolve, reject) => {
      const of = nextId++
      written.set(of, (ok) => {
        if (ok) resolve()
        else reject(new NotWritten('the writer did not take it'))
      })
      const packed = new Uint8Array(serialize(batch))
      reply({ kind: 'write', of, batch: packed }, [packed.buffer])
    }),
  progress: (progress) => {
    reply({ kind: 'progress', progress })
  },
})

/** One pass at a time. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = queue.then(work)
  queue = done.catch(() => undefined)
  return done
}

function pass(of: Sought, goesOn: () => boolean): Promise<HistoryScanned> {
  return inTurn(() => reader.pass(of, () => !isClosed && goesOn()))
}

let isDirty = false
let watching = watchHomes([], note)
const looking = setInterval(note, lookEveryMs)

/** Something may have changed: one look now, and one more after it where something did meanwhile. */
function note(): void {
  isDirty = true
  if (waiting === null) followNow()
}

function followNow(afterMs = 0): void {
  if (isClosed || sought.homes.length === 0) return
  waiting = setTimeout(() => {
    isDirty = false
    const mine = turn
    pass(sought, () => mine === turn).then(
      () => {
        waiting = null
        watching.renew()
        if (isDirty) followNow()
      },
      () => {
        // The writer is away or the disk is full: what is not written is read again.
        waiting = null
        followNow(againAfterMs)
      },
    )
  }, afterMs)
}

function follow(these: Sought): void {
  turn++
  sought = these
  watching.close()
  watching = watchHomes(sought.homes, note)
  note()
}

function close(id: number): void {
  isClosed = true
  clearInterval(looking)
  if (waiting !== null) clearTimeout(waiting)
  watching.close()
  for (const done of written.values()) done(false)
  void queue.finally(() => {
    db.close()
    reply({ kind: 'closed', id })
    port?.close()
  })
}

function take(request: HistoryRequest): void {
  switch (request.kind) {
    case 'written':
      written.get(request.of)?.(request.ok)
      written.delete(request.of)
      return
    case 'follow':
      follow(request.sought)
      return
    case 'look':
      reply({ kind: 'looked', id: request.id, look: reader.look(request.sought) })
      return
    case 'scan':
      pass(request.sought, () => true).then(
        (value) => {
          reply({ kind: 'scanned', id: request.id, result: { ok: true, value } })
        },
        (error: unknown) => {
          const message = error instanceof Error ? error.message : String(error)
          reply({ kind: 'scanned', id: request.id, result: { ok: false, error: { code: 'unavailable', message } } })
        },
      )
      return
    case 'close':
      close(request.id)
      return
    case 'ping':
      reply({ kind: 'pong' })
  }
}

port.on('message', take)
if (follows.homes.length > 0) follow(follows)
reply({ kind: 'ready' })
