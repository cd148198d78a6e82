import { expect, test } from 'vitest'
import { commandEnd, endBeforeOutput } from '../../../src/model/codex/output-header.ts'

const failed = 'Chunk ID: 1\nWall time: 1 seconds\nProcess exited with code 1\nOutput:\n'

test.each([
  { tool: 'exec_command', namespace: 'functions', exitCode: 1 },
  { tool: 'write_stdin', namespace: null, exitCode: 1 },
  { tool: 'shell', namespace: null, exitCode: 1 },
  { tool: 'exec', namespace: 'functions', exitCode: null },
  { tool: 'exec_command', namespace: 'mcp__shell', exitCode: null },
  { tool: 'wait_agent', namespace: 'collaboration', exitCode: null },
  { tool: null, namespace: null, exitCode: null },
])('$tool of $namespace has the exit code $exitCode: only tools for commands have that header', (call) => {
  expect(commandEnd(call.tool, call.namespace, failed).exitCode).toBe(call.exitCode)
})

test('a command that goes on has not ended, whatever it prints', () => {
  const yielded =
    'Chunk ID: 1\nWall time: 1 seconds\nProcess running with session ID 7\nOutput:\nProcess exited with code 1\n'
  expect(commandEnd('exec_command', 'functions', yielded)).toEqual({ exitCode: null, running: true })
  expect(commandEnd('exec_command', 'functions', failed)).toEqual({ exitCode: 1, running: false })
  expect(commandEnd('exec_command', 'functions', `${failed}Process running with session ID 7\n`).running).toBe(false)
})

test('where nobody says which tool it was, the header counts that leads to the output, and nothing behind it', () => {
  expect(endBeforeOutput(failed).exitCode).toBe(1)
  expect(endBeforeOutput('Exit code: 1\nand more').exitCode).toBeNull()
  expect(endBeforeOutput('Some words\nExit code: 1\nOutput:\n').exitCode).toBeNull()
  expect(endBeforeOutput('Wall time: 1 seconds\nOutput:\nExit code: 1\nOutput:\n').exitCode).toBeNull()
})
