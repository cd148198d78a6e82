import type { IncomingMessage } from 'node:http'
import { ProcedureError } from '../../contract/result.ts'

export const maxBodyBytes = 1024 * 1024

/** Parameters of a procedure. An empty body stands for `{}`. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  // Not destroyed on the way out: who sent too much still gets an answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > maxBodyBytes) throw tooLarge()
    chunks.push(bytes)
  }
  return length === 0 ? {} : parse(Buffer.concat(chunks))
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ProcedureError('bad_request', 'The body is not JSON in UTF-8.')
  }
}

function tooLarge(): ProcedureError {
  return new ProcedureError('too_large', `The body is larger than ${String(maxBodyBytes)} bytes.`)
}
