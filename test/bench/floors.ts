import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { eachSpan } from '../../src/engine/otlp/wire/spans.ts'
import { searchJob } from '../../src/engine/queries/search-job.ts'
import { nodeCommand } from '../node-command.ts'
import { percentile } from './senders.ts'

/** What the machine takes for a thing alone, whoever asks for it: what our figures are set beside. */

const rounds = 7

export function median(times: number[]): number {
  return percentile(
    times.sort((a, b) => a - b),
    0.5,
  )
}

/** A program of Node's that says one line, and nothing else: until its line is here. */
export async function bareNodeStartMs(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const begun = performance.now()
    const child = spawn(...nodeCommand('-e', 'console.log("here")'), { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    times.push(performance.now() - begun)
    if (child.exitCode === null) await once(child, 'exit')
  }
  return median(times)
}

/** Every span of the bodies looked at, in memory, and nothing kept of them. */
export function bareDecodeSpansPerSecond(bodies: readonly Uint8Array[]): number {
  let spans = 0
  const begun = performance.now()
  for (const body of bodies) eachSpan(body, () => spans++)
  return (spans * 1000) / (performance.now() - begun)
}

/** All bodies of a store, read and unpacked by as many threads as a search has. */
export async function unpackMs(dataDir: string): Promise<number> {
  const db = new Database(join(dataDir, 'colophon.db'), { readonly: true })
  const ids = db.prepare<[], number>('SELECT id FROM body ORDER BY id').pluck().all()
  db.close()
  const threads = [0, 1].map(() => new Worker(new URL('./unpack-worker.ts', import.meta.url), { workerData: dataDir }))
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const job = searchJob('', Int32Array.from(ids), new Int32Array())
    const begun = performance.now()
    await Promise.all(
      threads.map((thread) => {
        const done = once(thread, 'message')
        thread.postMessage(job)
        return done
      }),
    )
    times.push(performance.now() - begun)
  }
  await Promise.all(threads.map((thread) => thread.terminate()))
  return median(times)
}

/** The bytes of the files, and not a look at them. */
export function bareReadBytesPerSecond(files: readonly string[]): number {
  const piece = Buffer.alloc(1 << 20)
  let bytes = 0
  const begun = performance.now()
  for (const file of files) {
    const fd = openSync(file, 'r')
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) bytes += read
    closeSync(fd)
  }
  return (bytes * 1000) / (performance.now() - begun)
}

/** Every line of the files parsed, as a program would that looks into all of them. */
export function bareParseBytesPerSecond(files: readonly string[]): number {
  let bytes = 0
  const begun = performance.now()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    bytes += text.length
    for (const line of text.split('\n')) if (line !== '') JSON.parse(line)
  }
  return (bytes * 1000) / (performance.now() - begun)
}
