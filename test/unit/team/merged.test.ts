import { expect, test, vi } from 'vitest'
import { merged } from '../../../src/team/records/merged.ts'

async function all<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const given: T[] = []
  for await (const one of source) given.push(one)
  return given
}

/** A source that begins when it is let to. */
function held(words: readonly string[]): {
  readonly source: AsyncGenerator<string>
  begin: () => void
  ended: boolean
} {
  let begin = (): void => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const one = { begin, ended: false, source: speak() }
  async function* speak(): AsyncGenerator<string> {
    try {
      await begun
      yield* words
    } finally {
      one.ended = true
    }
  }
  return one
}

test('all are asked at once, and what comes first is given first', async () => {
  const late = held(['c'])
  const soon = held(['a', 'b'])
  const given = all(merged([late.source, soon.source]))
  soon.begin()
  setImmediate(late.begin)
  expect(await given).toEqual(['a', 'b', 'c'])
  expect(await all(merged([]))).toEqual([])
})

test('when one fails, or nobody takes any more, the others are ended', async () => {
  const other = held(['x', 'y'])
  async function* broken(): AsyncGenerator<string> {
    yield 'a'
    await Promise.resolve()
    throw new Error('broke off')
  }
  other.begin()
  await expect(all(merged([broken(), other.source]))).rejects.toThrow('broke off')
  await vi.waitFor(() => expect(other.ended).toBe(true))
  const left = held(['x', 'y'])
  left.begin()
  for await (const one of merged([left.source])) if (one === 'x') break
  await vi.waitFor(() => expect(left.ended).toBe(true))
})
