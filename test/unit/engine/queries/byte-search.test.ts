import fc from 'fast-check'
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

const spellings = ['as typed', 'lower', 'upper', 'capital'] as const

function spelled(query: string, spelling: (typeof spellings)[number]): string {
  if (spelling === 'lower') return query.toLowerCase()
  if (spelling === 'upper') return query.toUpperCase()
  return spelling === 'capital' ? query.charAt(0).toUpperCase() + query.slice(1).toLowerCase() : query
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

  it('finds two letters of one kind, and what begins like itself', () => {
    expect(matches('ee', 'been', 'beeen', 'bEen', 'bEEn', 'beEn', 'bene')).toEqual([0, 1, 2, 3])
    expect(matches('aab', 'aaab', 'aaaab', 'aaa', 'AAB', 'Aab', 'aAb')).toEqual([0, 1, 3, 4])
  })

  it('finds what a look at every spelling in every record finds', () => {
    // Few letters, common and rare ones among them, so that words occur, nearly occur and overlap; none is the length of a record.
    const letters = fc.constantFrom(...'eExX_éÉ:q')
    const text = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: letters, maxLength })
    const record = fc.tuple(text(12), fc.constantFrom('', 'word', 'but its first letter', 'but its last'), text(12))
    fc.assert(
      fc.property(
        fc.string({ unit: letters, minLength: 1, maxLength: 14 }),
        fc.array(record, { maxLength: 8 }),
        fc.constantFrom(...spellings),
        // What nearly is the word, as often as makes the search look for other bytes of it.
        fc.constantFrom(0, 0, 30, 31, 32),
        (query, parts, spelling, times) => {
          const word = spelled(query, spelling)
          const written = { '': '', word, 'but its first letter': word.slice(1), 'but its last': word.slice(0, -1) }
          const near = Array.from({ length: times }, () => word.slice(1))
          const records = [...near, ...parts.map(([before, part, after]) => before + written[part] + after)]
          const wanted = records.flatMap((text, at) =>
            spellings.some((of) => text.includes(spelled(query, of))) ? [at] : [],
          )
          expect(matches(query, ...records)).toEqual(wanted)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
