import { expect, test } from 'vitest'
import { MalformedBody } from '../../../src/engine/otlp/malformed.ts'
import type { TeamReader } from '../../../src/team/connection.ts'
import type { Stores } from '../../../src/team/projection/project-batch.ts'
import { projectSafely } from '../../../src/team/projection/project-safely.ts'

/** A store in which each question that names `unreadable` meets a record that cannot be read. */
function storesWith(unreadable: string, asked: string[][]): Stores {
  const facts: TeamReader = {
    rows: (_query, params = {}) => {
      const ids = params['ids'] as string[]
      if (ids.includes(unreadable)) return Promise.reject(new MalformedBody('it is deeper than it may be'))
      asked.push(ids)
      return Promise.resolve([])
    },
    stream: () => {
      throw new Error('not asked')
    },
    values: () => {
      throw new Error('not asked')
    },
    stop: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  const rawTables = { logs: null, traces: null, metrics: new Map() }
  const writer = { insert: () => Promise.resolve(), forget: () => Promise.resolve() }
  return { raw: facts, facts, rawTables, writer, tables: [], schema: 1, hashUser: null }
}

test('a session that cannot be read is named, and the others of its batch are projected', async () => {
  const told: string[] = []
  const asked: string[][] = []
  await projectSafely(storesWith('c', asked), ['a', 'b', 'c', 'd', 'e'], new Map(), (words) => told.push(words))
  expect(told).toEqual(['session c could not be read: it is deeper than it may be'])
  expect(asked.flat().toSorted()).toEqual(['a', 'b', 'd', 'e'])
})

test('what the server refuses is not taken for a record', async () => {
  const stores = storesWith('', [])
  const refusing = {
    ...stores,
    facts: { ...stores.facts, rows: () => Promise.reject(new Error('Not enough privileges')) },
  }
  await expect(projectSafely(refusing, ['a'], new Map(), () => undefined)).rejects.toThrow('privileges')
})
