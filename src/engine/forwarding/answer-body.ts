import type { IncomingMessage } from 'node:http'

/** Of an answer; OTLP's own are a few hundred bytes. */
const mostBytes = 256 * 1024

/** The body of an answer, so far as it came and as anybody reads it. */
export async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length
      if (size > mostBytes) break
      parts.push(part)
    }
  } catch {
    // What has come is all there is.
  }
  return Buffer.concat(parts)
}
