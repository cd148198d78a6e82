import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { procedures, type ParsedParams, type Value } from '../../../src/contract/index.ts'
import { teamMarks } from '../../../src/engine/team/marks.ts'

type List = Value<'session.list'>

/** A team's list of these, as long as it is asked for. */
const listOf =
  (...ids: readonly string[]) =>
  ({ offset, limit }: ParsedParams<'session.list'>) => {
    const sessions = ids.slice(offset, offset + limit).map((id) => ({ id })) as unknown as List['sessions']
    return Promise.resolve({ ok: true as const, value: { sessions, total: ids.length, longMs: 0 } })
  }

test('a team’s list is narrowed to what its user starred and tagged, page by page, and that is kept', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-team-marks-'))
  onTestFinished(() => {
    rmSync(dataDir, { recursive: true, force: true })
  })
  const first = teamMarks(dataDir)
  first.mark({ id: 'a', starred: true, name: 'A' })
  first.mark({ id: 'c', tags: ['x'] })
  first.mark({ id: 'd', starred: true, tags: ['x', 'y'] })
  first.mark({ id: 'd', starred: false })
  const marks = teamMarks(dataDir)
  expect(marks.of('d')).toEqual({ name: null, starred: false, note: null, tags: ['x', 'y'] })
  const found = async (filters: object, page: object = {}) => {
    const params = procedures['session.list'].params.parse({ filters, ...page })
    const answer = await marks.listed(params, listOf('a', 'b', 'c', 'd'))
    return answer.ok ? [answer.value.sessions.map(({ id }) => id), answer.value.total] : answer
  }
  expect(await found({ starred: true })).toEqual([['a'], 1])
  expect(await found({ tag: ['x'] })).toEqual([['c', 'd'], 2])
  expect(await found({ tag: ['x'] }, { offset: 1, limit: 1 })).toEqual([['d'], 2])
  expect(await found({ tag: ['', 'y'] })).toEqual([['a', 'b', 'd'], 3])
  expect(await found({}, { limit: 2 })).toEqual([['a', 'b'], 4])
})
