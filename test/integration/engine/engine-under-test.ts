import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import type { Params, ProcedureName, Value } from '../../../src/contract/index.ts'
import { startEngine, type Engine } from '../../../src/engine/index.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import type { CapturedBody } from '../../captures.ts'
import { send, type Reply } from '../receivers/http-client.ts'
import { putEmptyStore } from './empty-store.ts'

/** So that what is open counts as lost, or as live, whatever the clock of the machine says. */
export const silence = { everythingIsOld: -1e13, everythingIsNew: 1e13 } as const

export interface UnderTest {
  readonly dataDir: string
  readonly httpPort: number
  readonly grpcAddress: string
  readonly post: (body: CapturedBody) => Promise<Reply>
  ask<N extends ProcedureName>(name: N, params: Params<N>): Promise<Value<N>>
  /** Waits until no session's facts are behind its records. */
  settled(): Promise<void>
  /** May be called twice. */
  close(): Promise<void>
}

interface Given {
  readonly dataDir: string
  readonly silenceMs?: number
  readonly sampleDir?: string
}

/** A real engine on free loopback ports. */
export async function startUnderTest(given: Given): Promise<UnderTest> {
  const { dataDir, silenceMs = silence.everythingIsOld, sampleDir = join(dataDir, 'no-sample') } = given
  putEmptyStore(dataDir)
  const free = { host: '127.0.0.1', port: 0 }
  const engine = await startEngine({ dataDir, version: '0.0.0', grpc: free, http: free, sampleDir, silenceMs })
  let closing: Promise<void> | null = null
  return underTest(engine, dataDir, () => (closing ??= engine.close()))
}

/** The same for as long as `run` takes. */
export async function withEngine<T>(given: Given, run: (engine: UnderTest) => Promise<T>): Promise<T> {
  const engine = await startUnderTest(given)
  try {
    return await run(engine)
  } finally {
    await engine.close()
  }
}

function underTest(engine: Engine, dataDir: string, close: () => Promise<void>): UnderTest {
  const { http, grpc } = engine.receivers
  if (http === null || grpc === null) throw new Error('no free port')
  const httpPort = Number(http.split(':').at(-1))
  return {
    dataDir,
    httpPort,
    grpcAddress: grpc,
    post: (body) => postTo(httpPort, body),
    async ask<N extends ProcedureName>(name: N, params: Params<N>) {
      const result = await engine.dispatch(name, params)
      if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`)
      return result.value as Value<N>
    },
    async settled() {
      const db = openForReading(dataDir)
      const behind = db.prepare<[], number>('SELECT count(*) FROM unsettled').pluck()
      try {
        await vi.waitFor(() => expect(behind.get()).toBe(0), { timeout: 30_000, interval: 20 })
      } finally {
        db.close()
      }
    },
    close,
  }
}

export function postTo(port: number, { signal, encoding, bytes }: CapturedBody): Promise<Reply> {
  const type = encoding === 'json' ? 'application/json' : 'application/x-protobuf'
  return send(port, `/v1/${signal}`, { headers: { 'content-type': type }, body: bytes })
}

/** A folder of its own for as long as `run` takes. */
export async function inTemporaryFolder<T>(run: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-engine-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
