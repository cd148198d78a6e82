import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { v8Switches } from '../../../src/engine/v8-fault.ts'
import { nodeCommand } from '../../node-command.ts'
import { freePorts, RunningCli } from './cli-support.ts'

/** Makes V8 look at once whether code may go, where it would wait for megabytes of it, and say so on standard output. */
const eager = ['--expose-gc', '--wasm-wrapper-tiering-budget=1', '--stress-wasm-code-gc', '--trace-wasm-code-gc']
const [node] = nodeCommand()
const churn = fileURLToPath(new URL('./wasm-churn.mjs', import.meta.url))
const project = resolve(import.meta.dirname, '../../..')
const command = join(project, 'src', 'cli', 'index.ts')

async function run(args: readonly string[], onOutput: (said: string, stop: () => void) => void = () => undefined) {
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    onOutput(said, () => child.kill('SIGTERM'))
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

test('V8 frees code of WebAssembly while threads come and go, which now and then ends the process', async () => {
  const { said } = await run([...eager, churn, '12'], (soFar, stop) => {
    if (soFar.includes('Freeing')) stop()
  })
  expect(said).toContain('Freeing')
})

test('with the switches that every process has it frees none, and threads may come and go', async () => {
  const { code, said } = await run([...eager, ...v8Switches, churn, '16'])
  expect(said).toBe('all came and went\n')
  expect(code).toBe(0)
})

test('the command line switches that off itself, because `npx` gives it no switches', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-v8-'))
  try {
    const args = [...eager, command, 'serve', '--json', '--data', dataDir, ...freePorts]
    const { code, said } = await run(args, (soFar, stop) => {
      if (soFar.includes('"otlpHttp"')) stop()
    })
    expect(said).not.toContain('wasm-gc')
    expect(code).toBe(0)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test.skipIf(process.platform !== 'linux')('`npm run serve` starts the host with the switches', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-v8-'))
  try {
    const args = ['--json', '--no-open', '--data', dataDir, ...freePorts]
    const script = new RunningCli(args, join(project, 'scripts', 'serve.mjs'))
    const { pid } = await script.announced()
    const started = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').split('\0')
    script.process.kill('SIGTERM')
    expect(await script.exitCode()).toBe(0)
    expect(started).toEqual(expect.arrayContaining([...v8Switches]))
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
