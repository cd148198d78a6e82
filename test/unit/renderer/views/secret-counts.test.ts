import { expect, it } from 'vitest'
import { chosenRecords, placeWords, secretFacets } from '../../../../src/renderer/views/explore/secrets/counts.ts'
import type { SecretRecord } from '../../../../src/renderer/views/explore/secrets/use-secret-scan.ts'

const record = (sessionId: string | null, ...kinds: [string, number][]): SecretRecord => ({
  ...{ ref: 'log:1:1', timeMs: 0, name: 'codex.tool_result', sessionId, callId: null, traceId: null, spanId: null },
  session: { title: sessionId, folder: null, startedAtMs: null },
  places: kinds.map(([kind, count]) => ({ kind, field: 'output', count })),
})
const found = [record('a', ['JWT', 2], ['AWS access key', 1]), record('b', ['JWT', 1]), record(null, ['assignment', 1])]
const counts = (facets: readonly { name: string; count: number | null }[]): [string, number | null][] =>
  facets.map(({ name, count }) => [name, count])

it('counts secrets by kind and by session, each among what the other choice lets through', () => {
  const all = secretFacets(found, { kinds: [], sessions: [] })
  expect(counts(all.kinds)).toEqual([
    ['JWT', 3],
    ['AWS access key', 1],
    ['assignment', 1],
  ])
  expect(counts(all.sessions)).toEqual([
    ['a', 3],
    ['b', 1],
    ['without a session', 1],
  ])
  const chosen = { kinds: ['JWT'], sessions: ['b'] }
  expect(counts(secretFacets(found, chosen).sessions)).toEqual([
    ['a', 2],
    ['b', 1],
  ])
  expect(counts(secretFacets(found, chosen).kinds)).toEqual([['JWT', 1]])
  expect(chosenRecords(found, chosen)).toEqual([found[1]])
})

it('says where they are', () => {
  expect(found.map(placeWords)).toEqual([
    'JWT ×2 in output, AWS access key in output',
    'JWT in output',
    'assignment in output',
  ])
})
