import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { commands } from '../../../src/cli/commands.ts'

vi.mock('electron', () => ({ app: {}, utilityProcess: {} }))
const { commandOf, headlessAgain } = await import('../../../src/main/command-line.ts')

const program = '/opt/Colophon/colophon'

test('the packaged app runs a command when one stands first, behind what the starter script puts there', () => {
  const switches = ['--no-sandbox', '--ozone-platform=headless', '--in-process-gpu', '--disable-gpu', '--log-level=3']
  expect(commandOf([program, 'serve', '--port', '0'], true)).toEqual(['serve', '--port', '0'])
  expect(commandOf([program, ...switches, 'export', 'id'], true)).toEqual(['export', 'id'])
  expect(commandOf([program, ...switches, '--help'], true)).toEqual(['--help'])
})

test('everything else opens the window', () => {
  expect(commandOf([program], true)).toBe(null)
  expect(commandOf([program, '--hidden'], true)).toBe(null)
  expect(commandOf([program, 'colophon://session/serve'], true)).toBe(null)
  // A value of an option is no command.
  expect(commandOf([program, 'unknown', 'serve'], true)).toBe(null)
})

test('without a display a command starts again with one that needs none, and a word that is no command is one to be told', () => {
  const again = headlessAgain([program, '--version'], ['--version'], {}, 'linux')
  expect(again).toContain('--ozone-platform=headless')
  expect(again?.at(-1)).toBe('--version')
  expect(headlessAgain([program, ...(again ?? [])], ['--version'], {}, 'linux')).toBeNull()
  expect(headlessAgain([program, 'serve'], ['serve'], { DISPLAY: ':0' }, 'linux')).toBeNull()
  expect(headlessAgain([program, 'serve'], ['serve'], {}, 'darwin')).toBeNull()
  expect(commandOf([program, '--ozone-platform=headless', 'sevre'], true)).toEqual(['sevre'])
})

test.skipIf(process.platform === 'win32')(
  'the starter script starts every command without a display, and else the window',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'colophon-starter-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
    })
    mkdirSync(join(folder, 'bin'))
    cpSync(resolve(import.meta.dirname, '../../../resources/linux/colophon'), join(folder, 'bin', 'colophon'))
    writeFileSync(join(folder, 'colophon'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 })
    const isHeadless = (...args: string[]): boolean =>
      execFileSync('sh', [join(folder, 'bin', 'colophon'), ...args], { encoding: 'utf8' }).includes('=headless')
    for (const name of [...Object.keys(commands), 'help', '--help', '-h', '--version', '-v', 'sevre'])
      expect([name, isHeadless(name)]).toEqual([name, true])
    for (const args of [[], ['--data', '/tmp/a'], ['colophon://session/a'], ['/home/ada/a.json']])
      expect([args, isHeadless(...args)]).toEqual([args, false])
  },
)

test('from its sources the app is never the command line', () => {
  expect(commandOf(['electron', '.', 'serve'], false)).toBe(null)
})
