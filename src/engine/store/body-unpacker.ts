import zlib from 'node:zlib'
import { decompress, isZstd } from './compression.ts'

/** What Node's own call is made of: `state` is how many bytes of the output and of the input are left. */
interface Decoder {
  readonly stream: zlib.ZstdDecompress
  readonly write: (input: Buffer, output: Buffer) => void
  readonly state: Uint32Array
}

export interface BodyUnpacker {
  /** Of use until the next body is unpacked. Throws as `decompress` does. */
  unpack(codec: number, bytes: Buffer, size: number): Buffer
  close(): void
}

/** Longer ones are rare, and get memory of their own. */
const mostReused = 4 * 1024 * 1024
const leastReused = 256 * 1024
/** The versions of Node in which the decoder was seen to be called so; another may end the process where it is not. */
const knownVersions = /^24\./

/**
 * Unpacks one body after the other with one decoder, into the same memory. Node's call makes a stream, a decoder and memory for each, a
 * third of what a search through thousands of bodies takes, and has no other way to offer: so this asks the decoder that a stream of
 * Node's has. Where that is not what it was, and for a body that does not come out as long as it should, the call does it.
 */
export function bodyUnpacker(): BodyUnpacker {
  let decoder = makeDecoder()
  let memory = Buffer.alloc(0)
  /** Memory of its own, of the body before. */
  let apart: Buffer | null = null

  function reused(bytes: Buffer, size: number): Buffer | null {
    if (decoder === null) return null
    // One byte more, or a decoder that has filled it all would have to be asked whether there is more.
    if (memory.length <= size)
      memory = Buffer.allocUnsafeSlow(Math.min(Math.max(leastReused, 2 * size), mostReused) + 1)
    decoder.write(bytes, memory)
    const [outLeft = 0, inLeft = 0] = decoder.state
    if (memory.length - outLeft === size && inLeft === 0) return memory.subarray(0, size)
    decoder.stream.destroy()
    decoder = makeDecoder()
    return null
  }

  return {
    unpack(codec, bytes, size) {
      if (apart !== null) free(apart)
      apart = null
      const whole = isZstd(codec) && size <= mostReused ? reused(bytes, size) : null
      return whole ?? (apart = decompress(codec, bytes, size))
    },
    close() {
      if (apart !== null) free(apart)
      apart = null
      decoder?.stream.destroy()
      decoder = null
    },
  }
}

/** Now: left to the collector, hundreds of megabytes would wait for it. Small buffers share their memory with others. */
export function free({ buffer, length }: Buffer): void {
  if (length > Buffer.poolSize && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

function makeDecoder(): Decoder | null {
  if (!knownVersions.test(process.versions.node)) return null
  const stream = zlib.createZstdDecompress()
  // Told of by the length of what came out.
  stream.on('error', () => undefined)
  const handle: unknown = Reflect.get(stream, '_handle')
  const state: unknown = Reflect.get(stream, '_writeState')
  const write: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'writeSync') : null
  if (typeof write !== 'function' || !(state instanceof Uint32Array)) {
    stream.destroy()
    return null
  }
  return {
    stream,
    state,
    write: (input, output) => {
      Reflect.apply(write, handle, [zlib.constants.ZSTD_e_end, input, 0, input.length, output, 0, output.length])
    },
  }
}
