import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { grpcClient } from './grpc-export.ts'
import { send } from '../receivers/http-client.ts'
import { inTemporaryFolder, withEngine } from './engine-under-test.ts'
import { promptOf } from './requests.ts'

const paths = { traces: 'resourceSpans', logs: 'resourceLogs', metrics: 'resourceMetrics' } as const
const signals = ['traces', 'logs', 'metrics'] as const
const json = { 'content-type': 'application/json' }
const protobuf = { 'content-type': 'application/x-protobuf' }

test('an export without records moves no counter, in whatever encoding and by whatever way it comes', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const before = await countersOf()
      const grpc = grpcClient(engine.grpcAddress)
      for (const signal of signals) {
        const group = paths[signal]
        for (const body of ['{}', ' { } ', `{"${group}":[]}`, `{"${group}":[{}]}`, `{"${group}":[{"resource":{}}]}`])
          expect(
            await send(engine.httpPort, `/v1/${signal}`, { headers: json, body: Buffer.from(body) }),
          ).toMatchObject({ status: 200 })
        const empty = Buffer.alloc(0)
        expect((await send(engine.httpPort, `/v1/${signal}`, { headers: protobuf, body: empty })).status).toBe(200)
        expect(await grpc.send({ signal, encoding: 'protobuf', bytes: new Uint8Array() })).toBe(status.OK)
      }
      grpc.close()
      expect(await countersOf()).toEqual(before)

      // One with a record does.
      expect((await engine.post(promptOf('heard'))).status).toBe(200)
      expect((await countersOf()).signals.logs).toMatchObject({ requests: 1, records: 1 })

      async function countersOf() {
        const { signals, clients, recordsPerSecond, acknowledged } = await engine.ask('status', {})
        return { signals, clients, recordsPerSecond, acknowledged }
      }
    }),
  ))
