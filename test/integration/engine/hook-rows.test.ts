import { expect, test } from 'vitest'
import { readSpans } from '../../../src/engine/queries/tree-spans.ts'
import { readTreeFacts } from '../../../src/engine/queries/tree-facts.ts'
import { ledgerOf } from '../../../src/model/ledger/ledger.ts'
import { buildTree } from '../../../src/model/tree/build.ts'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder, silence } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const capture = loadCapture('02_classic')
const id = capture.conversations[0]?.conversation ?? ''
const pair = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
const resource = { attributes: [pair('service.name', 'own-hook')] }
const body = (signal: 'logs' | 'traces', content: object) =>
  ({ signal, encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(content))) }) as const

test('what a hook sends for a session is a row at its place, with a share of the time in which nothing else went on', () =>
  inTemporaryFolder((folder) => {
    const store = openStore(folder)
    const look = () => readTreeFacts(store.db, id, silence.everythingIsOld)
    for (const one of capture.bodies) store.store(one)
    store.settle()
    const before = look()
    const [session] = before.facts.sessions
    const turn = session?.turns.at(-1)
    const call = session?.tools.find(({ spanStart }) => spanStart !== null)
    if (!session || !turn || !call) throw new Error('a turn and a call')
    const at = (offset: number): string => String(before.base + BigInt(Math.round(offset)))
    const afterTurn = Math.max(turn.end ?? 0, session.lastAt)
    const span = (spanId: string, start: number, ns: number, ...said: object[]): object => ({
      ...{ traceId: '0123456789abcdef0123456789abcdef', spanId, name: `hook ${spanId.slice(0, 1)}` },
      ...{ startTimeUnixNano: at(start), endTimeUnixNano: at(start + ns) },
      attributes: [pair('conversation.id', id), pair('ticket.id', 'SHOP-42'), ...said],
    })
    const spans = [
      span('a123456789abcdef', afterTurn + 1e6, 1e9),
      span('b123456789abcdef', call.spanStart ?? 0, 1000, pair('call_id', call.callId)),
      // Of hours later: a row that says so, and makes nothing longer.
      span('d123456789abcdef', afterTurn + 5 * 3_600e9, 1e9),
      { ...span('c123456789abcdef', afterTurn + 2e6, 5e6), attributes: [], parentSpanId: 'a123456789abcdef' },
    ]
    const log = { timeUnixNano: at(turn.start + 1e6), eventName: 'lint', attributes: [pair('conversation.id', id)] }
    store.store(body('traces', { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'own' }, spans }] }] }))
    store.store(body('logs', { resourceLogs: [{ resource, scopeLogs: [{ scope: {}, logRecords: [log] }] }] }))
    store.settle()

    const { facts, base } = look()
    const { rows, ...tree } = buildTree(facts, readSpans(store.db, [id], base))
    const hooks = rows.filter(({ kind }) => kind === 'hook')
    const parentOf = (label: string) =>
      rows.find((row) => row.id === hooks.find((hook) => hook.label === label)?.parentId)
    expect(hooks.map(({ label, detail }) => [label, detail]).sort()).toEqual([
      ['hook a', 'own-hook'],
      ['hook b', 'own-hook'],
      ['hook d', 'own-hook'],
      ['lint', 'own-hook'],
    ])
    expect(parentOf('hook b')).toMatchObject({ callId: call.callId })
    expect(parentOf('lint')).toMatchObject({ kind: 'turn', turnId: turn.turnId })
    // The span below it names no session, and is folded into it.
    expect(hooks.find(({ label }) => label === 'hook a')).toMatchObject({ durationMs: 1000, spanCount: 2 })

    expect(hooks.find(({ label }) => label === 'hook d')).toMatchObject({ note: '5 h 00 m after the session' })
    expect(tree.endMs - tree.startMs).toBeLessThan(60_000)
    const [now] = facts.sessions
    if (now === undefined) throw new Error('a session')
    const ledger = ledgerOf(now, 0)
    expect(ledger.shares.get('hook')).toBe(1e9)
    expect([...ledger.shares.values()].reduce<number>((sum, ns) => sum + (ns ?? 0), 0)).toBe(ledger.end - ledger.start)
    store.close()
  }))
