import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkAfterUncleanStop } from '../../../src/engine/integrity.ts'
import { startEngine } from '../../../src/engine/index.ts'
import { freePort } from '../../free-port.ts'

const sampleDir = resolve(import.meta.dirname, '../../../resources/sample')
let dataDir: string
let mark: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'colophon-integrity-'))
  mark = join(dataDir, 'running')
})
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

const host = '127.0.0.1'
const start = (httpPort = 0) => {
  const grpc = { host, port: 0 }
  return startEngine({ dataDir, version: '0.0.0', grpc, http: { host, port: httpPort }, sampleDir })
}

test('after a clean stop nothing is checked', async () => {
  for (let round = 0; round < 2; round++) {
    const engine = await start()
    expect(await engine.integrity).toEqual({ kind: 'clean' })
    expect(existsSync(mark)).toBe(true)
    await engine.close()
    expect(existsSync(mark)).toBe(false)
  }
})

test('what an unclean stop left is checked, and the check is not needed again', async () => {
  await (await start()).close()
  writeFileSync(mark, '1')
  const engine = await start()
  expect(await engine.integrity).toEqual({ kind: 'sound' })
  await engine.close()
  expect(existsSync(mark)).toBe(false)
})

test('a check that was cut off is made again at the next start', async () => {
  await (await start()).close()
  writeFileSync(mark, '1')
  const check = checkAfterUncleanStop({ dataDir, sampleDir, silenceMs: 1000, version: '0.0.0' }, () => undefined)
  await check.close()
  expect(await check.found).toEqual({ kind: 'not-checked' })
  expect(existsSync(mark)).toBe(true)
})

test('receivers that are closed open again where they were', async () => {
  const engine = await start(await freePort())
  const { http } = engine.receivers
  const answers = () =>
    fetch(`http://${String(http)}/`).then(
      () => true,
      () => false,
    )
  await engine.setReceiving(false)
  expect(await answers()).toBe(false)
  await engine.setReceiving(true)
  expect(await answers()).toBe(true)
  expect(engine.receivers.http).toBe(http)
  await engine.close()
})
