import { onTestFinished } from 'vitest'
import { instanceOf } from '../../../src/engine/receivers/instance.ts'
import { startGrpcReceiver } from '../../../src/engine/receivers/grpc.ts'
import { startHttpReceiver } from '../../../src/engine/receivers/http.ts'
import type { ReceiverOptions } from '../../../src/engine/receivers/received-body.ts'

export interface RunningReceivers {
  readonly http: string
  readonly grpc: string
  /** What came, as `transport signal`. */
  readonly taken: string[]
}

/** Receivers of a data folder on free ports of loopback, as the engine would run them. */
export async function receiversOf(dataDir: string, more: Partial<ReceiverOptions> = {}): Promise<RunningReceivers> {
  const taken: string[] = []
  const options: ReceiverOptions = {
    host: '127.0.0.1',
    port: 0,
    maxBytes: 1024,
    allowedHosts: [],
    allowedOrigins: [],
    instance: instanceOf(dataDir),
    accept: ({ signal, transport }) => {
      taken.push(`${transport} ${signal}`)
      return Promise.resolve({ kind: 'stored', records: 0, rejected: 0, message: '' })
    },
    refused: () => undefined,
    ...more,
  }
  const running = await Promise.all([startHttpReceiver(options), startGrpcReceiver(options)])
  onTestFinished(async () => {
    await Promise.all(running.map((receiver) => receiver.close()))
  })
  const [http, grpc] = running.map(({ address }) => address)
  return { http: http ?? '', grpc: grpc ?? '', taken }
}
