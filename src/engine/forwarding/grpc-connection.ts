import { Client, credentials, Metadata, status as grpcStatus, type ClientUnaryCall } from '@grpc/grpc-js'
import type { Destination } from '../../model/forwarding/destination.ts'
import { parseEndpoint } from '../../model/forwarding/endpoint.ts'
import { grpcVerdict } from '../../model/forwarding/retry.ts'
import type { Signal } from '../../model/signal.ts'
import { brokenWay, noAnswerWithin } from '../broken-way.ts'
import { grpcPaths } from '../otlp/grpc-paths.ts'
import { partialSuccess, retryInfoMs, type Answer, type Connection, type Outgoing } from './answer.ts'
import { readTlsFiles } from './tls-files.ts'

const gzipAlgorithm = 2
const pass = (bytes: Buffer): Buffer => bytes
/** The library's own words where a stream ends without a status: the connection broke, the endpoint judged nothing. */
const brokenStream = /^Received RST_STREAM/
/** The same where there was no connection at all. */
const noConnection = /^No connection established\. Last error: (?:Error: )?(.*?)\.? ?(?:Resolution note:.*)?$/s

/** OTLP/gRPC. No proxy is used: metadata go to this endpoint alone. Throws where a certificate cannot be read. */
export function grpcConnection(destination: Destination, signal: Signal): Connection {
  const endpoint = parseEndpoint(destination.url)
  if (endpoint === null) throw new Error(`${destination.url} is not a URL`)
  const { host, port, secure } = endpoint
  const client = new Client(
    `${host.includes(':') ? `[${host}]` : host}:${port}`,
    channelCredentials(destination, secure),
    {
      'grpc.max_send_message_length': -1,
      'grpc.enable_http_proxy': 0,
      // The lane tries again by its own rules, with a connection of its own.
      'grpc.enable_retries': 0,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_channelz': 0,
      ...(destination.compression === 'gzip' ? { 'grpc.default_compression_algorithm': gzipAlgorithm } : {}),
    },
  )
  const path = grpcPaths[signal]
  let underWay: ClientUnaryCall | null = null

  function send({ bytes }: Outgoing): Promise<Answer> {
    const metadata = new Metadata()
    for (const { name, value } of destination.headers) metadata.set(name, value)
    const deadline = Date.now() + destination.timeoutS * 1000
    return new Promise((resolve) => {
      let response: Buffer = Buffer.alloc(0)
      const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const call = client.makeUnaryRequest(path, pass, pass, message, metadata, { deadline }, (_error, received) => {
        response = received ?? response
      })
      underWay = call
      call.on('status', (ended) => {
        underWay = null
        resolve(answerOf(ended, response, destination.timeoutS))
      })
    })
  }
  return {
    send,
    close: () => {
      underWay?.cancel()
      client.close()
    },
  }
}

function answerOf(
  ended: { code: number; details: string; metadata: Metadata },
  response: Buffer,
  timeoutS: number,
): Answer {
  const { code, details, metadata } = ended
  const [status] = metadata.get('grpc-status-details-bin')
  const afterMs = Buffer.isBuffer(status) ? retryInfoMs(status) : null
  const verdict = brokenStream.test(details) ? 'retry' : grpcVerdict(code, afterMs !== null)
  if (verdict === 'sent') return { kind: 'sent', ...partialSuccess(response) }
  const message = words(code, details, timeoutS)
  return verdict === 'refused' ? { kind: 'refused', message } : { kind: 'retry', message, afterMs }
}

function words(code: number, details: string, timeoutS: number): string {
  if (code === Number(grpcStatus.DEADLINE_EXCEEDED)) return noAnswerWithin(timeoutS)
  const lost = noConnection.exec(details)?.[1]
  return lost === undefined ? `answered ${grpcStatus[code] ?? code}: ${details}` : brokenWay(new Error(lost))
}

function channelCredentials(destination: Destination, secure: boolean) {
  if (!secure) return credentials.createInsecure()
  const { ca, cert, key } = readTlsFiles(destination)
  return credentials.createSsl(ca, key, cert)
}
