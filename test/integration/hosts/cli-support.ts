import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { commandResults } from '../../../src/contract/commands.ts'
import { built } from '../../built.ts'
import { nodeCommand } from '../../node-command.ts'

const command = built('main/cli.js')

export const announcement = commandResults.serve.strict().extend({ token: z.string().regex(/^[\w-]{43}$/) })

/** A command line that runs, with what it has written so far. */
export class RunningCli {
  readonly process: ChildProcess
  stdout = ''
  stderr = ''
  readonly #exit: Promise<number | null>

  constructor(args: readonly string[], script = command) {
    this.process = spawn(...nodeCommand(script, ...args), { stdio: ['ignore', 'pipe', 'pipe'] })
    this.process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.#exit = once(this.process, 'close').then(() => this.process.exitCode)
    onTestFinished(async () => {
      this.process.kill('SIGKILL')
      await this.#exit
    })
  }

  exitCode(): Promise<number | null> {
    return this.#exit
  }

  /** The first match on standard output; throws, with what was written, when the process ends before. */
  async until(pattern: RegExp): Promise<string> {
    const ended = this.#exit.then(() => 'ended' as const)
    for (;;) {
      const found = pattern.exec(this.stdout)
      if (found !== null) return found[0]
      const next = await Promise.race([ended, once(this.process.stdout ?? this.process, 'data')])
      if (next === 'ended' && !pattern.test(this.stdout)) throw new Error(`ended: ${this.stdout}${this.stderr}`)
    }
  }

  async announced(): Promise<z.infer<typeof announcement>> {
    return announcement.parse(JSON.parse(await this.until(/^.*\n/)))
  }
}

export const freePorts = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0']

export function startServe(dataDir: string, ...args: string[]): RunningCli {
  return new RunningCli(['serve', '--json', '--data', dataDir, ...freePorts, ...args])
}
