import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode, Result } from '../../contract/result.ts'
import { securityHeaders } from './page-files.ts'

const statusOf: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  unknown_procedure: 404,
  too_large: 413,
  unavailable: 503,
  internal: 500,
}

/** How much of a refused body is read and thrown away before the connection is cut. */
const drainBytes = 8 * 1024 * 1024

export function failure(code: ErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message } }
}

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  result: Result<unknown>,
  headers: Readonly<Record<string, string>> = {},
  status: number = result.ok ? 200 : statusOf[result.error.code],
): Promise<void> {
  const unread = !request.complete && hasBody(request)
  const { type, body } = encode(result)
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': type,
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(unread ? { connection: 'close' } : {}),
    ...headers,
  })
  response.write(body)
  // Cutting a connection while the client still sends resets it, and the answer is lost with it.
  if (unread) await drain(request)
  response.end()
}

/** A binary block travels as it is; everything else is JSON. */
function encode(result: Result<unknown>): { type: string; body: Uint8Array } {
  if (result.ok && result.value instanceof Uint8Array) return { type: 'application/octet-stream', body: result.value }
  const json = JSON.stringify(result.ok ? { ok: true, value: result.value ?? null } : result)
  return { type: 'application/json; charset=utf-8', body: Buffer.from(json) }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

async function drain(request: IncomingMessage): Promise<void> {
  let length = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length
      if (length > drainBytes) return
    }
  } catch {
    // The client went away: nobody is left to answer.
  }
}
