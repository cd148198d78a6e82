import { spawn } from 'node:child_process'
import { environment, root } from './run.mjs'

/**
 * Works of which several run at a time, each with a heading and its output in one piece: one speaks as it goes, the others are held back
 * until it has ended. The first that began speaks first.
 */
export class Stage {
  #acts = []
  #write

  constructor(write = (chunk) => process.stdout.write(chunk)) {
    this.#write = write
  }

  /** Runs `act(say)` under a heading; resolves with what it gives. */
  async play(heading, act) {
    const own = { held: [`\n━━━ ${heading} ━━━\n\n`], ended: false }
    this.#acts.push(own)
    this.#speak()
    try {
      return await act((chunk) => {
        own.held.push(chunk)
        this.#speak()
      })
    } finally {
      own.ended = true
      this.#speak()
    }
  }

  #speak() {
    for (let [first] = this.#acts; first !== undefined; [first] = this.#acts) {
      for (const chunk of first.held.splice(0)) this.#write(chunk)
      if (!first.ended) return
      this.#acts.shift()
    }
  }
}

/** Runs a command and hands over what it writes; its exit code, null where it could not run. */
export function runSaying(say, [command, ...args], extra = {}) {
  // What ends in a terminal after all may have its colours.
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: environment({ ...colours, ...extra }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', say)
    child.stderr.on('data', say)
    child.once('error', (error) => {
      say(`${command} could not be started: ${error.message}\n`)
      resolve(null)
    })
    child.once('close', resolve)
  })
}

/**
 * Runs the works of each lane one after another, and `atOnce` lanes side by side, the next as soon as one has ended; what they come to, in
 * the order of all works.
 */
export async function runLanes(lanes, atOnce, run) {
  const results = new Map()
  const waiting = [...lanes]
  const runner = async () => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift())
      for (const work of lane) results.set(work, await run(work))
  }
  await Promise.all(Array.from({ length: atOnce }, runner))
  return lanes.flat().map((work) => results.get(work))
}
