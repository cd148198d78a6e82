import type { IncomingMessage } from 'node:http'
import { ProcedureError } from '../../contract/result.ts'

const usualBytes = 1024 * 1024

/** Files that the page drops come as text or base64 inside the parameters: 64 MiB of them, a third larger. */
const bytesOf: Readonly<Record<string, number>> = { 'import.files': 96 * 1024 * 1024 }

/** Parameters of the named procedure. An empty body stands for `{}`. */
export async function readJsonBody(request: IncomingMessage, name: string): Promise<unknown> {
  const maxBodyBytes = (Object.hasOwn(bytesOf, name) ? bytesOf[name] : undefined) ?? usualBytes
  const tooLarge = (): ProcedureError =>
    new ProcedureError('too_large', `The body is larger than ${String(maxBodyBytes)} bytes.`)
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
    throw new ProcedureError('bad_request', 'The body is not UTF-8 JSON.')
  }
}
