import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { expect, onTestFinished, test } from 'vitest'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { built } from '../../built.ts'
import { nodeCommand } from '../../node-command.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { withClient } from './client-under-test.ts'

test('colophon mcp answers a client that starts it: without a store, of another version, and once there is one', async () => {
  const data = join(temporaryFolder(), 'data')
  const [command, args] = nodeCommand(built('main/cli.js'), 'mcp', '--data', data)
  const transport = new StdioClientTransport({ command, args, stderr: 'pipe' })
  let stderr = ''
  transport.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const client = new Client({ name: 'test', version: '0.0.0' })
  const faults: Error[] = []
  client.onerror = (error) => faults.push(error)
  await client.connect(transport)
  onTestFinished(() => client.close())
  const { call, failure } = withClient(client)
  expect((await client.listTools()).tools.length).toBeGreaterThan(1)
  expect(await failure('explain_session')).toContain(`there is no Colophon database in ${data}`)
  expect(existsSync(data)).toBe(false)

  mkdirSync(data, { mode: 0o700 })
  const db = openForWriting(data)
  const schema = db.pragma('user_version', { simple: true }) as number
  db.pragma(`user_version = ${String(schema + 1)}`)
  expect(await failure('explain_session')).toContain('written by a newer Colophon')
  db.pragma(`user_version = ${String(schema - 1)}`)
  expect(await failure('explain_session')).toContain('from an older Colophon')
  db.pragma(`user_version = ${String(schema)}`)
  db.close()

  const [id] = storeCapture(data, '03_errors_retries')
  expect(await call('explain_session')).toMatchObject({ session: { id } })
  await client.close()
  // Nothing but the protocol came on standard output: the client would have told of it.
  expect({ faults, stderr }).toEqual({ faults: [], stderr: '' })
})
