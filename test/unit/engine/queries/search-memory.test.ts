import { expect, test } from 'vitest'
import { searchMemory, type FoundHere } from '../../../../src/engine/queries/search-memory.ts'

const here = (...places: number[]): FoundHere => ({ places: Uint32Array.from(places), calls: new Map() })
const bodies = Int32Array.of(1, 2, 3)

function afterSearching(query: string, found: [number, FoundHere][]) {
  const memory = searchMemory()
  memory.keep('s', query, memory.recall('s', query, bodies).missing, new Map(found))
  return memory
}

test('what was looked for before is known, and of a session that grew only what is new is missing', () => {
  const memory = afterSearching('exec', [[2, here(7)]])
  expect(memory.recall('s', 'exec', bodies)).toEqual({ found: new Map([[2, here(7)]]), missing: new Int32Array() })
  expect(memory.recall('s', 'exec', Int32Array.of(1, 2, 3, 4)).missing).toEqual(Int32Array.of(4))
})

test('of a word that is typed on, only bodies in which its beginning stands are missing', () => {
  const memory = afterSearching('Exec', [[2, here(7)]])
  expect(memory.recall('s', 'exec_command', bodies)).toEqual({ found: new Map(), missing: Int32Array.of(2) })
})

test.each([
  ['a word with the same end', 'exec', 'an exec'],
  ['a shorter word', 'exec', 'exe'],
  // Neither as typed nor all lower or upper, so that it may stand where the beginning, as it was typed, does not.
  ['a word with capitals within', 'ex', 'eXec'],
])('%s has to be looked for everywhere', (_, before, query) => {
  expect(afterSearching(before, []).recall('s', query, bodies).missing).toEqual(bodies)
})

test('a session that lost bodies, and another one, are looked through anew', () => {
  expect(afterSearching('exec', []).recall('s', 'exec', Int32Array.of(2, 3)).missing).toEqual(Int32Array.of(2, 3))
  expect(afterSearching('exec', []).recall('t', 'exec', bodies).missing).toEqual(bodies)
})

test('the words that were not asked for the longest are forgotten, and those found in more places than are kept', () => {
  const memory = searchMemory()
  for (let word = 0; word <= 16; word++)
    memory.keep('s', `${String(word)}.`, memory.recall('s', `${String(word)}.`, bodies).missing, new Map())
  expect(memory.recall('s', '0.', bodies).missing).toEqual(bodies)
  expect(memory.recall('s', '16.', bodies).missing).toHaveLength(0)
  const everywhere = new Map([[1, { places: new Uint32Array(2_000_001), calls: new Map() }]])
  memory.keep('s', 'everywhere', memory.recall('s', 'everywhere', bodies).missing, everywhere)
  expect(memory.recall('s', 'everywhere', bodies).missing).toEqual(bodies)
})
