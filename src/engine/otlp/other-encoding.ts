import { MalformedBody } from './malformed.ts'

/**
 * Throws where a body can only be of another encoding than its headers say: neither byte begins a request of protobuf, and gzip is no JSON.
 * The decoders would refuse it as well, in words about bytes.
 */
export function checkEncoding(bytes: Uint8Array, encoding: 'json' | 'protobuf'): void {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new MalformedBody('body: packed with gzip, which its Content-Encoding does not say')
  if (encoding === 'protobuf' && bytes[0] === 0x7b)
    throw new MalformedBody('body: JSON, though its content type says protobuf: send it as application/json')
}
