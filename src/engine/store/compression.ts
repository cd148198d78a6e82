import zlib from 'node:zlib'
import { unpackedZstd } from '../zstd.ts'

/** How a body's bytes are stored; the numbers stand in the database. */
const codecs = { none: 0, deflate: 1, zstd: 2 } as const

/**
 * Zstandard where the runtime has it (Node 22.15 and later), else deflate. Measured on Codex's bodies, one core:
 * zstd level 1 876 MB/s to 10.0 %, deflate level 1 345 MB/s to 12.2 %.
 */
const hasZstd = typeof zlib.zstdCompressSync === 'function'

export function compress(bytes: Uint8Array): { codec: number; bytes: Uint8Array } {
  const packed = hasZstd
    ? zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } })
    : zlib.deflateRawSync(bytes, { level: 1 })
  if (packed.length >= bytes.length) return { codec: codecs.none, bytes }
  return { codec: hasZstd ? codecs.zstd : codecs.deflate, bytes: packed }
}

/**
 * The output grows in pieces of this, where its size is not known; Node's default of 16 KiB costs half the speed in joining them.
 * One byte more than the size makes it one piece, and a fifth faster than four: at the size itself Node asks for a second.
 */
const chunkSize = 256 * 1024

export function decompress(codec: number, bytes: Buffer, size = chunkSize - 1): Buffer {
  if (codec === codecs.none) return bytes
  const options = { chunkSize: Math.max(64, size + 1) }
  if (codec === codecs.deflate) return zlib.inflateRawSync(bytes, options)
  // A folder may have been filled by a host of another runtime.
  if (codec === codecs.zstd)
    return typeof zlib.zstdDecompressSync === 'function' ? zlib.zstdDecompressSync(bytes, options) : unpackedZstd(bytes)
  throw new Error(`unknown codec ${codec}`)
}

export function isZstd(codec: number): boolean {
  return codec === codecs.zstd
}
