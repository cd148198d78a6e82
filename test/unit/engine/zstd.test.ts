import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import zlib from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { unpacked } from '../../../src/engine/exchange/unpacked.ts'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { fileTitles } from '../../../src/engine/history/file-titles.ts'
import { readRolloutFacts } from '../../../src/engine/history/read-facts.ts'
import { compress, decompress } from '../../../src/engine/store/compression.ts'
import { unpackedZstd } from '../../../src/engine/zstd.ts'
import { newRolloutState } from '../../../src/model/codex/rollout/reader.ts'
import { inTemporaryHome } from '../../integration/history/rollout-facts.ts'
import { fromFiles } from '../../integration/history/files-alone.ts'
import { loadRolloutRun } from '../../rollouts.ts'

const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: checksum } = zlib.constants

function packed(bytes: Buffer, at: number, isSingle: boolean): Buffer {
  const params = { [level]: at, [checksum]: at % 2 }
  return zlib.zstdCompressSync(bytes, { params, ...(isSingle ? { pledgedSrcSize: bytes.length } : {}) })
}

describe('Zstandard that is unpacked without the runtime', () => {
  it('is what was packed, at any level', () => {
    const json = readFileSync('docs/colophon.api.schema.json')
    for (const at of [1, 2, 3, 7, 12, 19])
      expect(unpackedZstd(packed(json, at, at > 3)).equals(json), String(at)).toBe(true)
    // Bytes of few kinds and many, repeated and not: every way that a block can be written.
    const skewed = fc.tuple(
      fc.array(fc.nat(255), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 400_000 }),
      fc.nat(),
    )
    fc.assert(
      fc.property(skewed, fc.integer({ min: 1, max: 9 }), fc.boolean(), ([alphabet, length, seed], at, isSingle) => {
        let state = seed
        const bytes = Buffer.alloc(length)
        for (let i = 0; i < length; i++) {
          state = (Math.imul(state, 1103515245) + 12345) >>> 0
          const share = state / 2 ** 32
          bytes[i] = alphabet[Math.floor(share ** (1 + (seed % 5)) * alphabet.length)] ?? 0
        }
        return unpackedZstd(packed(bytes, at, isSingle)).equals(bytes)
      }),
      { numRuns: 30 },
    )
  })

  it('may be several frames, and something between them', () => {
    const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9])
    const both = Buffer.concat([packed(Buffer.from('one '), 1, true), skipped, packed(Buffer.from('two'), 3, false)])
    expect(unpackedZstd(both).toString()).toBe('one two')
    expect(unpackedZstd(Buffer.alloc(0))).toHaveLength(0)
  })

  it('is refused where it is damaged or cut off', () => {
    const json = readFileSync('docs/colophon.commands.schema.json')
    const whole = packed(json, 3, true)
    expect(() => unpackedZstd(whole.subarray(0, -5))).toThrow('cut off')
    expect(() => unpackedZstd(Buffer.from('{"timestamp"'))).toThrow('not Zstandard data')
    // Whatever a byte becomes: an error or other content, and an end.
    for (let at = 6; at < whole.length; at += 37) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 0xff
      try {
        unpackedZstd(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})

describe('a runtime without Zstandard', () => {
  const names = ['createZstdDecompress', 'zstdDecompressSync'] as const
  const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(zlib, name)] as const)
  const takeAway = (): void => {
    for (const name of names) Object.defineProperty(zlib, name, { value: undefined, configurable: true })
  }
  const giveBack = (): void => {
    for (const [name, of] of own) Object.defineProperty(zlib, name, of ?? {})
  }
  afterEach(giveBack)

  it('reads packed session files, from any place on, and their titles', async () => {
    const run = loadRolloutRun('16_archived_zst')
    await inTemporaryHome(async (home) => {
      run.unpackInto(home)
      const file = findRollouts(home).files.find(({ name }) => name.packed)
      if (file === undefined) throw new Error('none is packed')
      const read = async (offset: number): Promise<readonly unknown[]> => {
        const facts: unknown[] = []
        const state = newRolloutState(file.name)
        const told = { problem: () => undefined, unknown: () => undefined, goesOn: () => true }
        const end = await readRolloutFacts({
          path: file.path,
          packed: true,
          offset,
          state,
          fact: (one) => facts.push(one),
          ...told,
        })
        return [end, ...facts]
      }
      const [all, some] = [await read(0), await read(2000)]
      expect(all.length).toBeGreaterThan(5)
      takeAway()
      expect(await read(0)).toEqual(all)
      expect(await read(2000)).toEqual(some)
    })
    giveBack()
    await fromFiles(run, (_, { db }) => {
      const titles = (): unknown => run.threads.map(({ id }) => fileTitles(db)(id))
      const before = titles()
      expect(JSON.stringify(before)).toContain(' ')
      takeAway()
      expect(titles()).toEqual(before)
    })
  })

  it('reads bodies that another one stored', () => {
    const body = Buffer.from('a body of another host '.repeat(100))
    const { codec, bytes } = compress(body)
    takeAway()
    expect(decompress(codec, Buffer.from(bytes), body.length)).toEqual(body)
  })

  it('imports what is packed, up to where it is cut off', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `{"line":${String(i * 7919)}}\n`).join('')
    const frames = Buffer.concat([packed(Buffer.from(text), 3, true), packed(Buffer.from('{"line":"last"}'), 1, true)])
    takeAway()
    const reading = async (bytes: Buffer): Promise<{ read: string; problem: string }> => {
      const pieces: Buffer[] = []
      try {
        for await (const piece of unpacked(bytes, Readable.from(inPieces(bytes)), 65_536) ?? []) pieces.push(piece)
        return { read: Buffer.concat(pieces).toString(), problem: '' }
      } catch (error) {
        return { read: Buffer.concat(pieces).toString(), problem: String(error) }
      }
    }
    expect(await reading(frames)).toEqual({ read: `${text}{"line":"last"}`, problem: '' })
    const { read, problem } = await reading(frames.subarray(0, frames.length / 2))
    expect(text.startsWith(read)).toBe(true)
    expect(read.length).toBeGreaterThan(text.length / 4)
    expect(problem).toContain('its zstd data is damaged or cut off')
  })
})

function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007)
}
