import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Destination } from '../../model/forwarding/destination.ts'
import { httpPath, parseEndpoint } from '../../model/forwarding/endpoint.ts'
import { httpVerdict, retryAfterMs } from '../../model/forwarding/retry.ts'
import type { Signal } from '../../model/signal.ts'
import { brokenWay, noAnswerWithin } from '../broken-way.ts'
import {
  partialSuccess,
  partialSuccessOfJson,
  statusMessage,
  statusMessageOfJson,
  type Answer,
  type Connection,
  type Outgoing,
} from './answer.ts'
import { bodyOf } from './answer-body.ts'
import { readTlsFiles } from './tls-files.ts'

const zip = promisify(gzip)
const contentTypes = { protobuf: 'application/x-protobuf', json: 'application/json' } as const

/** OTLP/HTTP. Redirects are not followed and no proxy is used: headers go to this endpoint alone. Throws where a certificate cannot be read. */
export function httpConnection(destination: Destination, signal: Signal): Connection {
  const endpoint = parseEndpoint(destination.url)
  if (endpoint === null) throw new Error(`${destination.url} is not a URL`)
  const { secure, host, port } = endpoint
  const path = httpPath(endpoint, signal)
  const { ca, cert, key } = secure ? readTlsFiles(destination) : { ca: null, cert: null, key: null }
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  const pooling = { keepAlive: true, maxSockets: 1 }
  const agent = secure ? new https.Agent({ ...pooling, ...tls }) : new http.Agent(pooling)
  const own = Object.fromEntries(destination.headers.map(({ name, value }) => [name, value]))

  async function send({ encoding, bytes }: Outgoing): Promise<Answer> {
    const isZipped = destination.compression === 'gzip' && bytes.length > 0
    const body = isZipped ? await zip(bytes) : bytes
    const headers = {
      'user-agent': 'colophon',
      ...own,
      'content-type': contentTypes[encoding],
      'content-length': body.length,
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
    }
    const limit = AbortSignal.timeout(destination.timeoutS * 1000)
    return new Promise((resolve) => {
      const request = (secure ? https : http).request({
        method: 'POST',
        host,
        port,
        path,
        headers,
        agent,
        signal: limit,
      })
      request.on('response', (response) => {
        void answerOf(response).then(resolve)
      })
      request.on('error', (error) => {
        const message = limit.aborted ? noAnswerWithin(destination.timeoutS) : brokenWay(error)
        resolve({ kind: 'retry', message, afterMs: null })
      })
      request.end(body)
    })
  }
  return {
    send,
    close: () => {
      agent.destroy()
    },
  }
}

/** The head of the answer decides. A body that breaks off after it changes nothing: the endpoint has judged. */
async function answerOf(response: IncomingMessage): Promise<Answer> {
  const status = response.statusCode ?? 0
  const body = await bodyOf(response)
  const type = (response.headers['content-type'] ?? '').toLowerCase()
  const verdict = httpVerdict(status)
  if (verdict === 'sent') {
    // A portal or a wrong port: nobody has taken the body.
    if (type.includes('html'))
      return { kind: 'retry', message: `answered ${status} with a web page, not OTLP`, afterMs: null }
    return { kind: 'sent', ...partialSuccessIn(type, body) }
  }
  const said = statusMessageIn(type, body)
  const message = `answered ${status} ${response.statusMessage ?? ''}`.trim() + (said === '' ? '' : `: ${said}`)
  if (verdict === 'refused') return { kind: 'refused', message }
  if (status < 400)
    return { kind: 'retry', message: `${message}; redirects are not followed, correct the URL`, afterMs: null }
  return { kind: 'retry', message, afterMs: retryAfterMs(response.headers['retry-after'], Date.now()) }
}

function partialSuccessIn(type: string, body: Buffer): { rejected: number; message: string } {
  if (type.includes('json')) return partialSuccessOfJson(body.toString())
  return type.includes('protobuf') ? partialSuccess(body) : { rejected: 0, message: '' }
}

function statusMessageIn(type: string, body: Buffer): string {
  if (type.includes('json')) return statusMessageOfJson(body.toString())
  if (type.includes('protobuf')) return statusMessage(body)
  return type.startsWith('text/plain') ? body.toString() : ''
}
