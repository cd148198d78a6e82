import { parentPort, workerData } from 'node:worker_threads'
import { openForReading } from '../../store/database.ts'
import { keepWords } from './keep-words.ts'
import type { WordsOptions, WordsReply, WordsRequest } from './words-messages.ts'

/** A session that is written is indexed so often at most. */
const lookAfterMs = 500
const againAfterMs = 5000

const port = parentPort
if (port === null) throw new Error('the index of words is kept by a worker')
const reply = (message: WordsReply): void => {
  port.postMessage(message)
}

const { dataDir } = workerData as WordsOptions
const db = openForReading(dataDir)
const words = keepWords({ db, dataDir, grown: () => reply({ kind: 'grown' }) })
let isClosed = false
let isDirty = false
let waiting: NodeJS.Timeout | null = null
let looking: Promise<unknown> = Promise.resolve()

function lookSoon(afterMs = lookAfterMs): void {
  isDirty = true
  if (isClosed) return
  waiting ??= setTimeout(() => {
    isDirty = false
    looking = words
      .look(() => !isClosed && !isDirty)
      .then(
        () => {
          waiting = null
          reply({ kind: 'grown' })
          if (isDirty) lookSoon()
        },
        (error: unknown) => {
          waiting = null
          console.error('colophon: words could not be indexed:', error)
          lookSoon(againAfterMs)
        },
      )
  }, afterMs)
}

function take(request: WordsRequest): void {
  switch (request.kind) {
    case 'look':
      lookSoon()
      return
    case 'find':
      words.find(request.params).then(
        (value) => reply({ kind: 'found', id: request.id, result: { ok: true, value } }),
        (error: unknown) => {
          const message = error instanceof Error ? error.message : String(error)
          reply({ kind: 'found', id: request.id, result: { ok: false, error: { code: 'internal', message } } })
        },
      )
      return
    case 'sessions':
      reply({ kind: 'sessionsFound', id: request.id, ids: words.sessions(request.words) })
      return
    case 'state':
      reply({ kind: 'stated', id: request.id, state: words.state() })
      return
    case 'close':
      isClosed = true
      if (waiting !== null) clearTimeout(waiting)
      void looking.finally(() => {
        words.close()
        db.close()
        reply({ kind: 'closed', id: request.id })
        port?.close()
      })
      return
    case 'ping':
      reply({ kind: 'pong' })
  }
}

port.on('message', take)
lookSoon(0)
reply({ kind: 'ready' })
