import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads, {
  BroadcastChannel,
  isMainThread,
  parentPort,
  threadName,
  Worker,
  type WorkerOptions,
} from 'node:worker_threads'

/**
 * Loaded into every thread of a host under test (`node --import`): ends one of them on command, as a bug, a lack of memory or another
 * hand would. The host itself knows nothing of it.
 */
export type Way = 'exit' | 'throw' | 'memory' | 'terminate' | 'SIGKILL'

export interface Command {
  readonly part: string
  readonly way: Way
  /** Not now, but with the next message that such a part gets. */
  readonly whenAsked?: boolean
}

export type Report =
  | { readonly kind: 'started'; readonly part: string }
  | { readonly kind: 'ending'; readonly part: string; readonly atMs: number }

const orders = new BroadcastChannel('saboteur')
orders.unref()
const reports = new BroadcastChannel('saboteur reports')
reports.unref()
const own = isMainThread ? 'host' : (threadName ?? '').replace(/^colophon /, '')
const started: { readonly part: string; readonly worker: Worker }[] = []
const processes: childProcess.ChildProcess[] = []

function endHere(way: Way): void {
  report({ kind: 'ending', part: own, atMs: Date.now() })
  if (way === 'exit') process.exit(0)
  if (way === 'throw')
    setImmediate(() => {
      throw new Error('a bug')
    })
  if (way === 'memory') {
    const hoard: unknown[] = []
    for (;;) hoard.push(new Array(10_000).fill(hoard.length))
  }
}

function obey({ part, way, whenAsked }: Command): void {
  if (whenAsked === true) {
    if (isMainThread) process.env['SABOTAGE'] = `${part} ${way}`
    return
  }
  if (way === 'SIGKILL') {
    for (const child of processes)
      if (child.exitCode === null && child.signalCode === null) {
        report({ kind: 'ending', part, atMs: Date.now() })
        child.kill('SIGKILL')
      }
    return
  }
  if (way !== 'terminate') {
    if (own === part) endHere(way)
    return
  }
  const last = started.findLast((each) => each.part === part)
  if (last === undefined) return
  report({ kind: 'ending', part, atMs: Date.now() })
  void last.worker.terminate()
}

function report(told: Report): void {
  if (isMainThread) process.send?.(told)
  else reports.postMessage(told)
}

orders.onmessage = (event) => {
  obey((event as unknown as { data: Command }).data)
}
process.on('worker', (worker) => {
  const part = (worker as Worker & { threadName?: string }).threadName?.replace(/^colophon /, '') ?? ''
  started.push({ part, worker })
  // It has got its copy; the one that follows it is to live.
  if (process.env['SABOTAGE']?.startsWith(`${part} `)) delete process.env['SABOTAGE']
  report({ kind: 'started', part })
})

if (isMainThread) {
  process.on('message', (command) => {
    orders.postMessage(command)
    obey(command as Command)
  })
  process.channel?.unref()
  reports.onmessage = (event) => {
    report((event as unknown as { data: Report }).data)
  }
  const fork = childProcess.fork
  childProcess.fork = ((...given: Parameters<typeof fork>) => {
    const child = fork(...given)
    processes.push(child)
    report({ kind: 'started', part: 'console' })
    return child
  }) as typeof fork
  // A thread that fills its memory need not fill the machine's.
  workerThreads.Worker = class extends Worker {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, { ...options, resourceLimits: { ...options.resourceLimits, maxOldGenerationSizeMb: 160 } })
    }
  }
  syncBuiltinESMExports()
} else {
  const [part, way] = (process.env['SABOTAGE'] ?? '').split(' ')
  if (part === own && way !== undefined)
    parentPort?.once('message', () => {
      endHere(way as Way)
    })
}
