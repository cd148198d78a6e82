import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { loadCapture } from '../../captures.ts'
import { nodeCommand } from '../../node-command.ts'
import { inTemporaryFolder, withEngine } from './engine-under-test.ts'
import { writeHook } from './hook-scripts.ts'

const capture = loadCapture('02_classic')
const id = capture.conversations[0]?.conversation ?? ''

/** The script as the page shows it, run as Codex runs a hook. */
async function runHook(folder: string, name: string, env: Record<string, string>) {
  const child = spawn(...nodeCommand(writeHook(folder, name)), { cwd: folder, env: { ...process.env, ...env } })
  child.stdin.end(JSON.stringify({ session_id: id, hook_event_name: 'PreToolUse' }))
  const [[exitCode], said] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stderr)])
  return { exitCode, said }
}

test('the scripts of docs/hooks.md send a row with its ticket, and refuse above a limit of cost alone', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      for (const body of capture.bodies) await engine.post(body)
      await engine.settled()
      const sent = { COLOPHON_OTLP: `http://127.0.0.1:${engine.httpPort}`, TICKET: 'SHOP-42' }
      expect(await runHook(dataDir, 'send-span.mjs', sent)).toEqual({ exitCode: 0, said: '' })
      await engine.settled()
      const { rows } = await engine.ask('session.tree', { id })
      const row = rows.find(({ kind }) => kind === 'hook')
      expect(row).toMatchObject({ label: 'hook: PreToolUse', detail: 'branch-hook' })
      const details = await engine.ask('session.row', { id, rowId: row?.id ?? '' })
      expect(JSON.stringify(details.span)).toContain('SHOP-42')
      const attributes = [{ key: 'ticket.id', value: 'SHOP-42' }]
      expect(await engine.ask('session.get', { id })).toMatchObject({ attributes })
      const found = await engine.ask('session.list', { search: 'shop-42', attributes: ['ticket.id', 'git.branch'] })
      expect(found.sessions).toMatchObject([{ id, attributes }])
      expect((await engine.ask('session.list', { search: 'SHOP-43' })).total).toBe(0)
      // Nobody misses the signals of a hook.
      expect((await engine.ask('health.names', {})).codexServices).toEqual(['codex_exec'])

      const { costUsd } = await engine.ask('session.get', { id })
      if (costUsd === null) throw new Error('a session with a cost')
      const api = createServer((request, response) => {
        void text(request).then(async (asked) => {
          const value = await engine.ask('session.get', JSON.parse(asked) as { id: string })
          response.end(JSON.stringify({ ok: true, value }))
        })
      })
      await once(api.listen(0, '127.0.0.1'), 'listening')
      const address = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
      const limited = (limitUsd: number) =>
        runHook(dataDir, 'limit-cost.mjs', { COLOPHON_API: address, LIMIT_USD: String(limitUsd) })
      expect(await limited(costUsd * 2)).toEqual({ exitCode: 0, said: '' })
      expect(await limited(costUsd / 2)).toMatchObject({
        exitCode: 2,
        said: expect.stringContaining('more than') as string,
      })
      api.closeAllConnections()
      api.close()
    }),
  ))
