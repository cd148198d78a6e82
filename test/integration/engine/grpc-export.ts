import { Client, credentials, type status } from '@grpc/grpc-js'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import { exportPath } from '../receivers/grpc-client.ts'

export interface GrpcExporter {
  /** Resolves with the status of the call. */
  send(body: CapturedBody): Promise<status>
  close(): void
}

const same = (bytes: Buffer): Buffer => bytes

/** One connection for many calls, as an exporter keeps it. */
export function grpcClient(address: string): GrpcExporter {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 })
  return {
    send(body) {
      const { signal, bytes } = asProtobuf(body)
      return new Promise((resolve) => {
        client
          .makeUnaryRequest(exportPath[signal], same, same, Buffer.from(bytes), () => undefined)
          .on('status', ({ code }) => resolve(code))
      })
    },
    close: () => client.close(),
  }
}
