import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, watch } from 'vue'
import { useEntriesInTurns } from '../../../../src/renderer/data/entries-in-turns.ts'
import { inTurn } from '../../../../src/renderer/data/in-turn.ts'

beforeAll(() => void vi.stubGlobal('document', { body: { offsetHeight: 0 } }))
afterAll(async () => {
  await new Promise<void>((done) => void inTurn(() => setTimeout(done)))
  vi.unstubAllGlobals()
})

it('changes a few entries with each turn, each in its place, and waits for none', async () => {
  const scope = effectScope()
  const entries = (word: string, count: number) =>
    Array.from({ length: count }, (_, place) => ({ place, word: `${word}${place}` }))
  const wanted = ref(entries('a', 3))
  const shown = scope.run(() =>
    useEntriesInTurns(() => wanted.value, {
      isSame: (a, b) => a.word === b.word,
      step: 2,
    }),
  )
  const words = (): string => shown?.value.map(({ word }) => word).join(' ') ?? ''
  expect(words()).toBe('a0 a1')
  await vi.waitFor(() => expect(words()).toBe('a0 a1 a2'))
  const seen: string[] = []
  const stop = watch(words, (now) => seen.push(now), { flush: 'sync' })
  wanted.value = entries('b', 4)
  await nextTick()
  expect(words()).toBe('a0 a1 a2')
  await vi.waitFor(() => expect(words()).toBe('b0 b1 b2 b3'))
  expect(seen).toEqual(['b0 b1 a2', 'b0 b1 b2 b3'])
  stop()
  wanted.value = entries('b', 1)
  await nextTick()
  expect(words()).toBe('b0')
  scope.stop()
})

it('shows no entry twice while they change places', async () => {
  const scope = effectScope()
  const entries = (ids: string) => [...ids].map((id, place) => ({ place, id }))
  const wanted = ref(entries('abcdef'))
  const shown = scope.run(() =>
    useEntriesInTurns(() => wanted.value, {
      isSame: (a, b) => a.id === b.id,
      step: 2,
      idOf: ({ id }) => id,
    }),
  )
  const ids = (): string => shown?.value.map(({ id }) => id).join('') ?? ''
  const seen: string[] = []
  const stop = watch(ids, (now) => seen.push(now), { flush: 'sync' })
  await vi.waitFor(() => expect(ids()).toBe('abcdef'))
  for (const next of ['eabcdf', 'bcdfgh', 'hgfdcb']) {
    wanted.value = entries(next)
    await nextTick()
    expect(ids()).not.toBe(next)
    await vi.waitFor(() => expect(ids()).toBe(next))
  }
  expect(seen.filter((now) => new Set(now).size < now.length)).toEqual([])
  expect(seen).toContain('eacdf')
  stop()
  scope.stop()
})

it('changes at once, and before all others, what somebody looks for: some of who scrolls on, none of who jumps', async () => {
  const scope = effectScope()
  const entries = (first: number) =>
    Array.from({ length: 8 }, (_, at) => ({ place: (first + at) % 8, index: first + at }))
  const wanted = ref(entries(0))
  const seenFrom = ref(2)
  const shown = scope.run(() =>
    useEntriesInTurns(() => wanted.value, {
      isSame: (a, b) => a.index === b.index,
      step: 1,
      isSeen: ({ index }) => index >= seenFrom.value && index < seenFrom.value + 4,
      isElsewhere: ({ index }, old) => old.index !== index,
    }),
  )
  const indexes = (): string => shown?.value.map(({ index }) => index).join(' ') ?? ''
  await vi.waitFor(() => expect(indexes()).toBe('0 1 2 3 4 5 6 7'))
  const seen: string[] = []
  const stop = watch(indexes, (now) => seen.push(now), { flush: 'sync' })
  seenFrom.value = 6
  wanted.value = entries(6)
  await nextTick()
  expect(indexes()).toBe('6 7 8 9 2 3 4 5')
  await vi.waitFor(() => expect(indexes()).toBe('6 7 8 9 10 11 12 13'))
  expect(seen[1]).toBe('6 7 8 9 10 11 4 5')
  seenFrom.value = 26
  wanted.value = entries(24)
  await nextTick()
  expect(indexes()).toBe('8 9 10 11 12 13 6 7')
  await vi.waitFor(() => expect(indexes()).toBe('24 25 26 27 28 29 30 31'))
  expect(seen).toContain('8 9 26 11 12 13 6 7')
  expect(seen).toContain('8 9 26 27 12 13 6 7')
  stop()
  scope.stop()
})
