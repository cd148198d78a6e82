import { expect, test, vi } from 'vitest'

vi.mock('electron', () => ({ app: {}, utilityProcess: {} }))
const { commandOf } = await import('../../../src/main/command-line.ts')

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

test('from its sources the app is never the command line', () => {
  expect(commandOf(['electron', '.', 'serve'], false)).toBe(null)
})
