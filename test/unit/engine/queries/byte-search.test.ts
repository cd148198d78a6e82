import { describe, expect, it } from 'vitest'
import { eachMatch, needlesOf } from '../../../../src/engine/queries/byte-search.ts'

/** Records with a length of one byte before each, and other bytes in front of and between them. */
function body(...records: readonly string[]): { bytes: Buffer; places: number[] } {
  const parts: Buffer[] = [Buffer.from('## error outside ##')]
  const places: number[] = []
  let at = parts[0]?.length ?? 0
  for (const record of records) {
    const message = Buffer.from(record)
    places.push(at)
    parts.push(Buffer.from([message.length]), message, Buffer.from('-error-'))
    at += 1 + message.length + 7
  }
  return { bytes: Buffer.concat(parts), places }
}

function matches(query: string, ...records: readonly string[]): number[] {
  const { bytes, places } = body(...records)
  const found = new Set<number>()
  eachMatch(
    bytes,
    () => places,
    needlesOf(query),
    (place) => found.add(places.indexOf(place)),
  )
  return [...found].sort((a, b) => a - b)
}

describe('searching the bytes of records', () => {
  it('finds the records in which the words occur, and nothing outside of records', () => {
    expect(matches('error', 'an error here', 'all well', 'error', '')).toEqual([0, 2])
  })

  it('finds each record once, and the next one after a record with many matches', () => {
    expect(matches('ab', 'ab ab ab ab', 'ab', 'ba')).toEqual([0, 1])
  })

  it('ignores case as people write it', () => {
    const written = ['Error', 'ERROR', 'error', 'eRRor']
    expect(matches('error', ...written)).toEqual([0, 1, 2])
    expect(matches('ERROR', ...written)).toEqual([0, 1, 2])
    expect(matches('eRRor', ...written)).toEqual([0, 1, 2, 3])
  })

  it('takes words of one letter, of other scripts and with signs', () => {
    expect(matches('x', 'axb', 'AXB', 'ab')).toEqual([0, 1])
    expect(matches('über', 'Über uns', 'über', 'uber')).toEqual([0, 1])
    expect(matches('$(rm', 'sh -c "$(rm x)"', 'rm')).toEqual([0])
  })

  it('asks where the records are only when the words occur', () => {
    const askedFor = (query: string): boolean => {
      const { bytes, places } = body('one', 'two')
      let asked = false
      eachMatch(
        bytes,
        () => ((asked = true), places),
        needlesOf(query),
        () => undefined,
      )
      return asked
    }
    expect(askedFor('two')).toBe(true)
    expect(askedFor('three')).toBe(false)
  })

  it('does not join two records', () => {
    expect(matches('ab-', 'ab', 'ab-')).toEqual([1])
  })
})
