import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { claudeCommand } from '../../../../src/model/config/agent-server.ts'
import { scratchHome } from './scratch-home.ts'

const other = '# mine\n[mcp_servers.other]\ncommand = "x" # stays\n'

test('Colophon is added as a server for agents, known as added, and taken back byte for byte', async () => {
  const home = scratchHome(other)
  expect((await home.ask('config.read', {})).agentServer.added).toBe(false)
  const plan = await home.ask('config.plan', { agentServer: true })
  expect(plan.changes.map(({ key }) => key)).toEqual(['mcp_servers.colophon'])
  expect(plan.diff).toContain('+[mcp_servers.colophon]')
  const { written, backup } = await home.apply({ agentServer: true })
  expect(written).toBe(true)
  expect(readFileSync(backup ?? '', 'utf8')).toBe(other)
  expect(home.read()).toContain(other)
  expect(home.read()).toMatch(/args = \[".*cli\.js", "mcp", "--data", ".*\/data"\]/)
  expect((await home.ask('config.read', {})).agentServer.added).toBe(true)
  expect((await home.ask('config.plan', { agentServer: true })).diff).toBe('')
  await home.ask('config.undo', {})
  expect(home.read()).toBe(other)
})

test('the exporters and the server are one change where both are asked for, and what keeps it off is said', async () => {
  const home = scratchHome('[mcp_servers.colophon]\nenabled = false\n')
  const plan = await home.ask('config.plan', { protocol: 'http', agentServer: true })
  expect(plan.changes.map(({ key }) => key)).toContain('otel.exporter')
  expect(plan.warnings).toContain('mcp_servers.colophon.enabled is false: Codex does not start it until that goes')
})

test('the command for Claude Code is one that a shell takes apart as it was meant', () => {
  const command = claudeCommand({ command: '/opt/My Apps/colophon', args: ['mcp', '--data', "/home/o'neil/data"] })
  expect(command).toBe(`claude mcp add colophon -- '/opt/My Apps/colophon' mcp --data '/home/o'\\''neil/data'`)
})
