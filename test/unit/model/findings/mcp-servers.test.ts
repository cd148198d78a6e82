import { expect, test } from 'vitest'
import type { Finding, FindingKind } from '../../../../src/model/findings/finding.ts'
import { findingsOf } from '../../../../src/model/findings/index.ts'
import type { SessionFacts } from '../../../../src/model/tree/facts.ts'
import { decision, ms, session, tool } from '../ledger/facts.ts'
import { contextOf } from './context.ts'

function found(
  kind: FindingKind,
  facts: Partial<SessionFacts>,
  known: Parameters<typeof contextOf>[1] = {},
): Finding[] {
  return findingsOf(contextOf(session(facts), known)).filter((one) => one.kind === kind)
}

test('a server of which a third of the calls failed, and one that took a tenth of the time', () => {
  const of = (success: boolean, i: number): SessionFacts['tools'][number] =>
    tool(`c${i}`, i * 400, i * 400 + 300, { tool: 'find', mcpServer: 'docs', success })
  const failing = [of(true, 0), of(false, 1), of(true, 2)]
  const [one] = found('mcp-failing', { tools: failing })
  expect(one).toMatchObject({ subject: 'docs', times: 1, lostMs: 300, rowIds: ['c:s:c1'] })
  expect(one?.fix).toMatchObject({ changes: [{ path: ['mcp_servers', 'docs', 'enabled'], value: false }] })
  expect(found('mcp-failing', { tools: failing.slice(1) })).toEqual([])
  const declined = [{ ...decision('c1', 500, 'User'), decision: 'denied' }]
  expect(found('mcp-failing', { tools: failing, decisions: declined })).toEqual([])
  const fine = [0, 1, 2, 3].map((i) => of(true, i))
  expect(found('mcp-slow', { tools: fine })).toMatchObject([{ times: 4, lostMs: 1200, confidence: 'bound' }])
  expect(found('mcp-slow', { tools: fine.slice(1) })).toEqual([])
})

test('what a turn waits for while a server starts is its start, from half a second and a tenth of the time on', () => {
  const server = (start: number, end: number) => ({ server: 'docs', start: start * ms, end: end * ms })
  const waiting = (end: number) => ({
    servers: { starts: [server(-100, 4000)], waits: [{ start: 100 * ms, end: end * ms }] },
  })
  expect(found('mcp-slow', {}, waiting(1101))).toMatchObject([
    { subject: 'docs', times: 1, lostMs: 1001, rowIds: ['t:s:1'], confidence: 'bound' },
  ])
  expect(found('mcp-slow', {}, waiting(599))).toEqual([])
  const all = { start: 0, end: 10_000 * ms }
  expect(found('unaccounted', {}, { servers: { starts: [server(0, 10_000)], waits: [all] } })).toEqual([])
  expect(found('unaccounted', {}, { servers: { starts: [], waits: [all] } })).toHaveLength(1)
  // Of another server, or of what nothing tells.
  const ready = { servers: { starts: [server(-100, 300)], waits: [{ start: 100 * ms, end: 1500 * ms }] } }
  expect(found('mcp-slow', {}, ready)).toEqual([])
})
