import { request } from 'node:http'
import { credentials, Client } from '@grpc/grpc-js'
import { grpcPaths } from '../otlp/grpc-paths.ts'
import { instanceHeader, pageHeader } from './instance.ts'

/** A Colophon that has much to do, or a machine that has, takes its time. */
const usualPatienceMs = 3000
const pass = (bytes: Buffer): Buffer => bytes

/** The Colophon whose receiver answers on a port of this machine; null: none, though one that speaks TLS may not be known. */
export async function otherColophon(
  port: number,
  patienceMs = usualPatienceMs,
): Promise<{ readonly page: string | null } | null> {
  const [overHttp, overGrpc] = await Promise.all([answersHttp(port, patienceMs), answersGrpc(port, patienceMs)])
  return overHttp ?? (overGrpc ? { page: null } : null)
}

/** Any answer carries the header, that to a question for nothing as well. */
function answersHttp(port: number, patienceMs: number): Promise<{ readonly page: string | null } | null> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/', agent: false, signal: AbortSignal.timeout(patienceMs) })
    asked.on('response', (response) => {
      response.resume()
      const { [instanceHeader]: instance, [pageHeader]: page } = response.headers
      resolve(instance === undefined ? null : { page: pageOf(page) })
    })
    asked.on('error', () => {
      resolve(null)
    })
    asked.end()
  })
}

/** Only a call is answered with who it is: an export without records, which is a success and stores nothing (OTLP 1.9). */
function answersGrpc(port: number, patienceMs: number): Promise<boolean> {
  const client = new Client(`127.0.0.1:${String(port)}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    'grpc.enable_retries': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_channelz': 0,
  })
  return new Promise((resolve) => {
    let isKnown = false
    const deadline = Date.now() + patienceMs
    const call = client.makeUnaryRequest(grpcPaths.logs, pass, pass, Buffer.alloc(0), { deadline }, () => undefined)
    call.on('metadata', (received) => {
      isKnown = received.get(instanceHeader).length > 0
    })
    call.on('status', () => {
      client.close()
      resolve(isKnown)
    })
  })
}

/** Whoever holds the port may say anything: only a page of this machine is led to. */
function pageOf(said: string | string[] | undefined): string | null {
  return typeof said === 'string' && /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(said) ? said : null
}
