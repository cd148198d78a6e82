import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Bridge } from '../../src/contract/bridge.ts'
import type { Params, ProcedureName, Value } from '../../src/contract/index.ts'
import type { Result } from '../../src/contract/result.ts'
import { startApiServer } from '../../src/engine/api/server.ts'
import { startEngine, type Engine } from '../../src/engine/index.ts'
import { createHttpBridge } from '../../src/renderer/bridge/http.ts'
import { contractCases } from './cases.ts'

/** The third bridge, Electron's, runs the same cases in test/e2e/electron/contract.spec.ts. */
describe.each([
  { carrier: 'dispatch in one process', connect: connectDirectly },
  { carrier: 'HTTP and Server-Sent Events', connect: connectOverHttp },
])('over $carrier', ({ connect }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-contract-'))
  let engine: Engine
  let connected: Connected

  beforeAll(async () => {
    const free = { host: '127.0.0.1', port: 0 }
    engine = await startEngine({ dataDir, version: '0.0.0', grpc: free, http: free, sampleDir: 'resources/sample' })
    connected = await connect(engine)
  })
  afterAll(async () => {
    await connected.close()
    await engine.close()
    rmSync(dataDir, { recursive: true })
  })

  it.each(contractCases)('$name', async ({ run }) => run(connected.bridge))
})

interface Connected {
  readonly bridge: Bridge
  readonly close: () => Promise<void>
}

function connectDirectly(engine: Engine): Promise<Connected> {
  const bridge: Bridge = {
    invoke: <N extends ProcedureName>(name: N, params: Params<N>) =>
      engine.dispatch(name, params) as Promise<Result<Value<N>>>,
    subscribe: (listener) => engine.onChanged(listener),
  }
  return Promise.resolve({ bridge, close: () => Promise.resolve() })
}

async function connectOverHttp(engine: Engine): Promise<Connected> {
  const token = 'token-of-this-test'
  const server = await startApiServer({
    host: '127.0.0.1',
    port: 0,
    engine,
    token,
    staticDir: 'out/renderer',
    allowedHosts: [],
  })
  const bridge = createHttpBridge({ base: server.url, token, onUnauthorized: () => undefined })
  return { bridge, close: () => server.close() }
}
