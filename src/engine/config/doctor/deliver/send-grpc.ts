import { Client, credentials, Metadata, status as grpcStatus } from '@grpc/grpc-js'
import { grpcPaths } from '../../../otlp/grpc-paths.ts'
import { instanceHeader } from '../../../receivers/instance.ts'
import { readPemFile } from '../../../pem-file.ts'
import { authorities } from './authorities.ts'
import { deadlineMs, failureOf, type Outcome } from './outcome.ts'
import type { Target } from './target.ts'

const pass = (bytes: Buffer): Buffer => bytes
const noConnection = /^No connection established\. Last error: (?:Error: )?(.*?)\.? ?(?:Resolution note:.*)?$/s

/** One export without records. A path in the endpoint is passed over, as Codex does. */
export function sendGrpc(target: Target, environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const { signal, headers } = target
  let client: Client
  try {
    client = clientOf(target, environment)
  } catch (error) {
    // What stands in the files of TLS is read here.
    return Promise.resolve({ kind: 'failed', why: 'other', message: String(error) })
  }
  const metadata = new Metadata()
  for (const [name, value] of headers) if (isMetadata(name, value)) metadata.set(name, value)
  return new Promise((resolve) => {
    let instance: string | null = null
    const deadline = Date.now() + deadlineMs
    const path = grpcPaths[signal]
    const call = client.makeUnaryRequest(path, pass, pass, Buffer.alloc(0), metadata, { deadline }, () => undefined)
    call.on('metadata', (received) => {
      instance = received.get(instanceHeader)[0]?.toString() ?? null
    })
    call.on('status', ({ code, details }) => {
      client.close()
      resolve(outcomeOf(code, details, instance))
    })
  })
}

function clientOf(target: Target, environment: NodeJS.ProcessEnv): Client {
  const { url } = target
  const isSecure = url.protocol === 'https:'
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port
  return new Client(`${url.hostname}:${port}`, isSecure ? secure(target, environment) : credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    'grpc.enable_retries': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_channelz': 0,
  })
}

function outcomeOf(code: number, details: string, instance: string | null): Outcome {
  if (code === Number(grpcStatus.OK)) return { kind: 'taken', instance }
  if (code === Number(grpcStatus.DEADLINE_EXCEEDED)) return { kind: 'failed', why: 'no_answer', message: 'no answer' }
  const lost = noConnection.exec(details)?.[1]
  const isLocal =
    lost !== undefined || /^Received (?:RST_STREAM|HTTP status)|Protocol error|Connection dropped/.test(details)
  if (isLocal || code === Number(grpcStatus.UNAVAILABLE))
    return { kind: 'failed', why: failureOf('', lost ?? details), message: lost ?? details }
  return { kind: 'refused', status: grpcStatus[code] ?? String(code), message: details }
}

/** What the library would throw at. */
function isMetadata(name: string, value: string): boolean {
  return /^[0-9a-z_.-]+$/.test(name) && !name.endsWith('-bin') && /^[\x20-\x7e]*$/.test(value)
}

function secure({ tls }: Target, environment: NodeJS.ProcessEnv) {
  const read = (file: string | undefined): Buffer | null => (file === undefined ? null : readPemFile(file))
  const roots = Buffer.from(authorities(tls['ca-certificate'], environment).join('\n'))
  return credentials.createSsl(roots, read(tls['client-private-key']), read(tls['client-certificate']))
}
