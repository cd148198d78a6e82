import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { v8Switches } from '../../../src/engine/v8-fault.ts'
import { nodeCommand } from '../../node-command.ts'
import { freePorts } from './cli-support.ts'

/** Makes V8 look at once whether code may go, where it would wait for megabytes of it, and say so on standard output. */
const eager = ['--expose-gc', '--wasm-wrapper-tiering-budget=1', '--stress-wasm-code-gc', '--trace-wasm-code-gc']
const [node] = nodeCommand()
const churn = fileURLToPath(new URL('./wasm-churn.mjs', import.meta.url))
const command = resolve(import.meta.dirname, '../../../src/cli/index.ts')

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
  const { code, said } = await run([...eager, ...v8Switches, churn, '40'])
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
