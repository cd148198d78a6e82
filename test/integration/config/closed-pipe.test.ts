import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { built } from '../../built.ts'
import { nodeCommand } from '../../node-command.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'

const command = built('main/cli.js')

it.each([
  ['doctor', ['--codex-home']],
  ['configure', ['--dry-run', '--codex-home']],
  ['--help', []],
])('%s ends without a word when nobody reads it any more', async (name, options) => {
  const folders = options.length === 0 ? [] : [temporaryFolder(), '--data', temporaryFolder()]
  const child = spawn(...nodeCommand(command, name, ...options, ...folders), { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  // Before the first word, as a reader that has died.
  child.stdout.destroy()
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect(said).toBe('')
  expect(code).toBe(name === 'doctor' ? 1 : 0)
})

it.skipIf(process.platform !== 'linux').each(['--help', 'export'])(
  'a full disk behind the output of %s is told once, and the exit code says it',
  async (name) => {
    const data = temporaryFolder()
    const options = name === 'export' ? [...storeCapture(data, '03_errors_retries').slice(0, 1), '--data', data] : []
    const full = openSync('/dev/full', 'w')
    const child = spawn(...nodeCommand(command, name, ...options), { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    expect(said).toMatch(/^colophon: its output cannot be written: ENOSPC.*\n$/)
    expect(code).toBe(1)
  },
)
