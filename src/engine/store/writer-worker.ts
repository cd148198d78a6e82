import { setImmediate as afterOthers } from 'node:timers/promises'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../../contract/result.ts'
import { alertKeeper } from '../alerts/keeper.ts'
import { createImporter } from '../exchange/importer.ts'
import { undoUnfinishedImport } from '../exchange/import-store.ts'
import { requestType } from '../otlp/schema.ts'
import type { Incoming } from './body-store.ts'
import { lockDataDir, openForWriting } from './database.ts'
import { jobRunner } from './jobs.ts'
import { logFailure } from './log-failure.ts'
import type { WriterOptions, WriterReply, WriterRequest } from './messages.ts'
import { settleThread } from '../worker-client.ts'
import { settleApart } from './settle-apart.ts'
import { shrinkLog } from './shrink-log.ts'
import { storeKeeper } from './store-procedures.ts'
import { writerProcedures } from './writer-procedures.ts'
import { createWriter } from './writer.ts'

/** One transaction takes what has come in meanwhile, up to this much: about 20 ms of work. */
const mostBytes = 4 * 1024 * 1024
/** Facts follow their records by this much; the page is told at most four times a second anyway. */
const settleEveryMs = 200
const settleBudgetMs = 20
/** Where more is left, as when months of session files are read: bodies come between. */
const nextSettleMs = 5
/** Ledgers and hourly sums follow facts by this much, and then take a short step at a time between bodies. */
const sumUpAfterMs = 3000
const nextStepMs = 50
/** How late an alert may be. */
const lookEveryMs = 5000
/** Sessions that change while the last ones are settled are settled again, but not for ever. */
const mostLastRounds = 3
/** What could not be derived or written is tried again after that. */
const settleAgainMs = 5000
/** How long after its time an old record may stay. */
const pruneEveryMs = 300_000
const pruneAfterMs = 20_000

const port = parentPort
if (port === null) throw new Error('the writer runs as a worker')
const reply = (message: WriterReply): void => {
  port.postMessage(message)
}

try {
  run(workerData as WriterOptions)
} catch (error) {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}

function run(options: WriterOptions): void {
  if (port === null) return
  const lock = lockDataDir(options.dataDir)
  const db = openForWriting(options.dataDir)
  const writer = createWriter(db, {
    take: (session) => {
      apart.take(session)
    },
  })
  const apart = settleApart({
    thread: settleThread(options, (event) => reply({ kind: 'part', event })),
    write: (session, piece) => writer.apart.write(session, piece),
    ended(session, how) {
      try {
        writer.apart.ended(session, how)
      } catch (error) {
        logFailure('facts could not be written', error)
      }
      settleSoon(how === 'written' ? nextSettleMs : settleAgainMs)
    },
  })
  undoUnfinishedImport(db, writer)
  const importer = createImporter(db, writer, () => settleSoon())
  const alerts = alertKeeper(db)
  const jobs = jobRunner((running) => reply({ kind: 'jobChanged', running }), options.cutOff)
  const keeper = storeKeeper(db, writer, jobs)
  const procedures: ReturnType<typeof writerProcedures> = {
    ...writerProcedures(db, writer, importer, alerts, keeper, options),
    // Of the engine itself, while the disk takes nothing: whether it does again.
    'store.probe': () => {
      db.prepare(
        "INSERT INTO setting (key, value) VALUES ('probe', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      ).run(String(Date.now()))
      // An import that failed for want of room could not be taken back, either.
      if (!importer.progress().running) undoUnfinishedImport(db, writer)
      rebuilding ??= setImmediate(rebuildSome)
    },
  }
  const pruneSoon = setTimeout(pruneWhatIsDue, pruneAfterMs)
  const pruneOften = setInterval(pruneWhatIsDue, pruneEveryMs)
  const looking = setInterval(look, lookEveryMs)
  const queue: Extract<WriterRequest, { kind: 'store' }>[] = []
  let settling: NodeJS.Timeout | null = null
  let rebuilding: NodeJS.Immediate | null = null
  let summing: NodeJS.Timeout | null = null
  let isClosing = false
  const changesSoFar = db.prepare<[], number>('SELECT total_changes()').pluck()
  let toldChanges = changesSoFar.get()

  /** Of what has changed since the last time, if anything has: every page that is open reads anew what it shows. */
  function tellSettled(): void {
    const changes = changesSoFar.get()
    if (changes === toldChanges) return
    toldChanges = changes
    reply({ kind: 'settled' })
  }

  /** Whether what the user wants to be told of has happened, and whether the log has grown. */
  function look(): void {
    try {
      const fired = alerts.look(Date.now())
      if (fired.length > 0) reply({ kind: 'alerted', alerts: fired })
    } catch (error) {
      logFailure('alerts could not be looked at', error)
    }
    try {
      if (queue.length === 0) shrinkLog(db)
    } catch (error) {
      logFailure('the write-ahead log could not be made smaller', error)
    }
  }

  function pruneWhatIsDue(): void {
    try {
      keeper.pruneWhatIsDue()
      // What the last time left.
      settleSoon()
    } catch (error) {
      logFailure('old records could not be pruned', error)
    }
  }

  function take(request: WriterRequest): void {
    if (request.kind === 'store') {
      queue.push(request)
      return
    }
    storeQueued()
    if (request.kind === 'ping') reply({ kind: 'pong' })
    else if (request.kind === 'close') void closeThreads().then(() => close(request.id))
    else
      void call(request.name, request.params).then((result) => {
        reply({ kind: 'called', id: request.id, result })
      })
  }

  async function closeThreads(): Promise<void> {
    await importer.cancel()
    await settleTheLast()
    await apart.close()
  }

  /** In pieces as ever, for what is on its way here still waits for an answer. What cannot be settled now is at the next start. */
  async function settleTheLast(): Promise<void> {
    isClosing = true
    if (summing !== null) clearTimeout(summing)
    for (let round = 0; round < mostLastRounds; round++) {
      while (!settleSome(settleBudgetMs)) await afterOthers()
      await apart.finish()
    }
  }

  /** An import is under way for long; every other procedure has done its work when this returns. */
  async function call(name: string, params: unknown): Promise<Result<unknown>> {
    try {
      const procedure = procedures[name]
      if (procedure === undefined) throw new ProcedureError('unknown_procedure', `no procedure ${name}`)
      const value = await procedure(params)
      // Forwarding and a look at the store leave the facts as they are.
      if (!name.startsWith('forward.') && name !== 'retention.state') settleSoon()
      return { ok: true, value }
    } catch (error) {
      const code = error instanceof ProcedureError ? error.code : 'internal'
      return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
    }
  }

  /** Everything that waits, in transactions of bounded size, each acknowledged when it is committed. */
  function storeQueued(): void {
    while (queue.length > 0) {
      let bytes = 0
      let count = 0
      while (count < queue.length && (count === 0 || bytes < mostBytes)) bytes += queue[count++]?.bytes.length ?? 0
      const group = queue.splice(0, count)
      const bodies: readonly Incoming[] = group
      const stored = writer.store(bodies)
      group.forEach(({ id, bytes }, i) => {
        const answer = stored[i]
        if (answer !== undefined) reply({ kind: 'stored', id, stored: answer })
        // Frees the body now: left to the collector, tens of megabytes would wait for it.
        bytes.buffer.transfer(0)
      })
      settleSoon()
    }
  }

  function settleSoon(afterMs = settleEveryMs): void {
    settling ??= setTimeout(() => {
      settling = null
      if (!settleSome(settleBudgetMs) || !sweepSome(settleBudgetMs)) settleSoon(nextSettleMs)
      else if (!isClosing) sumUpIn(sumUpAfterMs)
      tellSettled()
    }, afterMs)
  }

  function sumUpIn(delayMs: number): void {
    summing ??= setTimeout(() => {
      summing = null
      try {
        if (writer.sumUp(settleBudgetMs)) tellSettled()
        else sumUpIn(nextStepMs)
      } catch (error) {
        logFailure('sums could not be written', error)
      }
    }, delayMs)
  }

  /** true when nothing is left, or nothing can be done now: what is marked is settled after the next body, or at the next start. */
  function settleSome(budgetMs: number): boolean {
    try {
      return writer.settle(budgetMs)
    } catch (error) {
      logFailure('facts could not be written', error)
      return true
    }
  }

  /** true when nothing is left, or nothing can be done now. */
  function sweepSome(budgetMs: number): boolean {
    try {
      return writer.sweep.step(budgetMs)
    } catch (error) {
      logFailure('what was taken away could not be removed to its end', error)
      return true
    }
  }

  /** What a crash or the end of the app cut off is made up for between bodies. */
  function rebuildSome(): void {
    rebuilding = null
    try {
      if (!writer.rebuilding.step(settleBudgetMs)) rebuilding = setImmediate(rebuildSome)
      else settleSoon()
    } catch (error) {
      logFailure('facts could not be rebuilt', error)
    }
  }

  function close(id: number): void {
    if (rebuilding !== null) clearImmediate(rebuilding)
    if (settling !== null) clearTimeout(settling)
    if (summing !== null) clearTimeout(summing)
    clearInterval(looking)
    clearTimeout(pruneSoon)
    clearInterval(pruneOften)
    jobs.close()
    while (!settleSome(1000));
    db.close()
    lock.release()
    reply({ kind: 'closed', id })
    port?.close()
  }

  port.on('message', (request: WriterRequest) => {
    take(request)
    // Bodies that arrived during the last transaction share the next one.
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port))
      take(more.message as WriterRequest)
    storeQueued()
  })
  rebuildSome()
  settleSoon()
  reply({ kind: 'ready' })
  // While the receivers open, so that the first body does not wait for it.
  setImmediate(() => requestType('traces'))
}
