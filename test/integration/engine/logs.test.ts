import { expect, test } from 'vitest'
import type { ParsedParams } from '../../../src/contract/index.ts'
import { logsParams } from '../../../src/contract/logs.ts'
import { sessionLogs } from '../../../src/engine/queries/logs.ts'
import { logReader } from '../../../src/engine/queries/logs-read.ts'
import { countRecords } from './decoded.ts'
import { loadCapture } from '../../captures.ts'
import { withCaptures } from './stored-captures.ts'

function asked(id: string, more: Partial<ParsedParams<'session.logs'>> = {}): ParsedParams<'session.logs'> {
  return { ...logsParams.parse({ id }), ...more }
}

test('a session’s logs are in order of time, page by page, with what each says', () =>
  withCaptures(['02_classic'], ({ reader, user }) => {
    const whole = reader['session.logs'](asked(user, { limit: 500, deltas: true }))
    const { log } = countRecords(loadCapture('02_classic').bodies)
    // Some records of the process name no session.
    expect(whole.total).toBeGreaterThan(80)
    expect(whole.total).toBeLessThanOrEqual(log)
    expect(whole.truncated).toBe(false)
    expect(whole.logs.map(({ timeNs }) => timeNs)).toEqual(whole.logs.map(({ timeNs }) => timeNs).sort())
    expect(whole.facets.reduce((sum, { count }) => sum + count, 0)).toBe(whole.total)
    const pages = [0, 40, 80].flatMap(
      (offset) => reader['session.logs'](asked(user, { limit: 40, offset, deltas: true })).logs,
    )
    expect(pages).toEqual(whole.logs.slice(0, 120))
    const prompt = whole.logs.find(({ event }) => event === 'codex.user_prompt')
    expect(prompt).toMatchObject({ summary: 'SCN:classic run several tools', severity: 'INFO', sessionId: user })
    expect(prompt?.traceId).toMatch(/^[0-9a-f]{32}$/)
  }))

test('streamed deltas are left out unless they are asked for', () =>
  withCaptures(['22_many_steps'], ({ reader, user }) => {
    const without = reader['session.logs'](asked(user))
    const whole = reader['session.logs'](asked(user, { deltas: true }))
    expect(whole.total - without.total).toBeGreaterThan(1900)
    expect(without.facets.find(({ event }) => event === 'codex.sse_event')?.count).toBeLessThan(150)
  }))

test('a choice of events narrows the list and not the facets', () =>
  withCaptures(['02_classic'], ({ reader, user }) => {
    const all = reader['session.logs'](asked(user))
    const { total, logs, facets } = reader['session.logs'](asked(user, { events: ['codex.tool_result'] }))
    expect(total).toBe(11)
    expect(new Set(logs.map(({ event }) => event))).toEqual(new Set(['codex.tool_result']))
    expect(facets).toEqual(all.facets)
  }))

test('a search finds words in any attribute, case ignored, and nothing by wildcards', () =>
  withCaptures(['02_classic'], ({ reader, user }) => {
    const found = (search: string): number => reader['session.logs'](asked(user, { search })).total
    expect(found('NONEXISTENT_FILE')).toBeGreaterThan(0)
    expect(found('codex.tool_decision')).toBeGreaterThan(0)
    expect(found('call_id')).toBeGreaterThan(10)
    expect(found('%')).toBeLessThan(found(''))
    expect(found('no such words at all')).toBe(0)
  }))

test('a window of time and the helpers’ records', () =>
  withCaptures(['28_guardian'], ({ reader, user, helpers }) => {
    const own = reader['session.logs'](asked(user))
    const family = reader['session.logs'](asked(user, { helpers: true }))
    const guardian = reader['session.logs'](asked(helpers[0] ?? ''))
    expect(family.total).toBe(own.total + guardian.total)
    const middle = own.logs[5]?.timeMs ?? 0
    const before = reader['session.logs'](asked(user, { toMs: middle })).total
    const after = reader['session.logs'](asked(user, { fromMs: middle })).total
    expect([before > 0, after > 0, before + after]).toEqual([true, true, own.total])
  }))

test('a question that would read too much stops at the earliest records, and says so', () =>
  withCaptures(['22_many_steps'], ({ db, user }) => {
    const read = (limits: { read: number; decoded: number }, search?: string) =>
      sessionLogs(db, logReader(db), asked(user, { ...(search === undefined ? {} : { search }) }), limits)
    expect(read({ read: 10, decoded: 10 })).toMatchObject({ truncated: true })
    expect(read({ read: 10, decoded: 10 }).total).toBeLessThanOrEqual(10)
    const whole = read({ read: 10_000, decoded: 10_000 })
    expect(whole.truncated).toBe(false)
    expect(read({ read: 10_000, decoded: 20 }, 'exec_command')).toMatchObject({ truncated: true })
  }))

test('a record that is not there is not found', () =>
  withCaptures(['08_mcp'], ({ reader, user }) => {
    const record = { sessionId: user, timeNs: '17', event: 'codex.user_prompt' }
    expect(() => reader['record.get'](record)).toThrow('no record codex.user_prompt at 17')
    expect(() => reader['session.logs'](asked('nobody'))).toThrow('no session nobody')
  }))
