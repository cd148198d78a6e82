import { describe, expect, test } from 'vitest'
import type { LedgerResult } from '../../../src/contract/ledger.ts'
import { readTreeFacts } from '../../../src/engine/queries/tree-facts.ts'
import { ledgerOf } from '../../../src/model/ledger/ledger.ts'
import type { ShareKind } from '../../../src/model/ledger/share.ts'
import { captureNames, type CapturedBody } from '../../captures.ts'
import { silence } from './engine-under-test.ts'
import { withCaptures } from './stored-captures.ts'

describe.each(captureNames)('%s', (name) => {
  test('the shares of every session and turn add up to its wall time, to the nanosecond', () =>
    withCaptures([name], ({ db, user, helpers }) => {
      for (const id of [user, ...helpers]) {
        const { facts } = readTreeFacts(db, id, silence.everythingIsOld)
        const [session] = facts.sessions
        if (session === undefined) throw new Error(`no session ${id}`)
        const ledger = ledgerOf(session, 0)
        for (const { start, end, shares } of [ledger, ...ledger.turns])
          expect([...shares.values()].reduce<number>((sum, ns) => sum + (ns ?? 0), 0)).toBe(end - start)
      }
    }))

  test('the intervals tile the session, and those of one kind are its share', () =>
    withCaptures([name], ({ reader, user }) => {
      const { startMs, wallMs, shares, intervals } = reader['session.ledger']({ id: user })
      let at = startMs
      for (const { startMs: from, durationMs } of intervals) {
        expect(from).toBeCloseTo(at, 2)
        at = from + durationMs
      }
      expect(at).toBeCloseTo(startMs + wallMs, 2)
      for (const { kind, ms } of shares) {
        const sum = intervals.filter((one) => one.kind === kind).reduce((total, one) => total + one.durationMs, 0)
        expect(sum).toBeCloseTo(ms ?? 0, 5)
      }
      expect(reader['session.get']({ id: user }).wallMs).toBeCloseTo(wallMs, 2)
    }))
})

/** Shares of at least a millisecond, rounded to one. */
function shown(shares: LedgerResult['turns'][number]['shares']): Partial<Record<ShareKind, number>> {
  return Object.fromEntries(shares.flatMap(({ kind, ms }) => (ms !== null && ms >= 1 ? [[kind, Math.round(ms)]] : [])))
}

function ledgerOfCapture(name: string): Promise<LedgerResult> {
  return withCaptures([name], ({ reader, user }) => reader['session.ledger']({ id: user }))
}

// Worked out by hand from the records: the times of the samplings, headers, decisions and tool spans of each run.
describe('where the time went', () => {
  test('06: a model that waits 8 s and later streams slowly, and a command of 7 s', async () => {
    const { shares, wallMs } = await ledgerOfCapture('06_slow')
    expect(wallMs).toBeCloseTo(19_445.868, 2)
    // Waits 53.9–8087.0 and 15136.8–15662.8; streams 8087.0–8092.1, where the command begins, and 15662.8–19434.8.
    // The start: from the first record to the last phase that is told of before the turn.
    const rest = { startup: 10, unaccounted: 59 }
    expect(shown(shares)).toEqual({ model_wait: 8559, model_stream: 3777, tool_run: 7040, ...rest })
  })

  test('16: 17.6 s of the second turn waited for an approval, and a cancelled one waited too', async () => {
    const { shares, turns } = await ledgerOfCapture('16_tui')
    const share = (number: number, of: ShareKind): number => shown(turns[number - 1]?.shares ?? [])[of] ?? 0
    // Approved at 26359.2; the response that asked for the call ended streaming at 8785.0.
    expect(share(2, 'wait_user')).toBe(17_574)
    expect(share(2, 'tool_run')).toBe(41)
    // Esc left no decision and no result: the call's aborted span from 29138.0, where streaming ended, to 31877.2.
    expect(share(3, 'wait_user')).toBe(2739)
    expect(share(3, 'tool_run')).toBe(0)
    expect(share(4, 'wait_user')).toBe(2758)
    expect(share(5, 'wait_user')).toBe(0)
    expect(shown(shares)).toMatchObject({ wait_user: 17_574 + 2739 + 2758, between_turns: 11_923 })
  })

  test('28: the automatic reviewer took 372 ms of the parent’s time, and has a ledger of its own', () =>
    withCaptures(['28_guardian'], ({ reader, user, helpers }) => {
      const { shares } = reader['session.ledger']({ id: user })
      expect(shown(shares)).toEqual({
        model_wait: 337,
        model_stream: 11,
        wait_reviewer: 372,
        tool_run: 39,
        startup: 17,
        unaccounted: 58,
      })
      const own = reader['session.ledger']({ id: helpers[0] ?? '' })
      expect(shown(own.shares)).toMatchObject({ model_wait: 316, model_stream: 5 })
    }))

  test('03b: four failed tries and the pauses behind them took 2.2 s before the answer', async () => {
    const { shares } = await ledgerOfCapture('03b_errors_recovered')
    // The tries begin at 63.9 and the one that is answered at 2227.7.
    expect(shown(shares)).toEqual({ retry: 2164, model_wait: 123, model_stream: 6, startup: 10, unaccounted: 65 })
  })

  test('05: with logs only, the retries are known and the model’s time is not', async () => {
    const { shares } = await ledgerOfCapture('05_err500_exhausted')
    expect(shown(shares)).toEqual({ retry: 6066, startup: 13, unaccounted: 51 })
    expect(shares.filter(({ ms }) => ms === null).map(({ kind, share }) => [kind, share])).toEqual([
      ['model_stream', null],
      ['model_wait', null],
    ])
  })

  test('01: nested calls and the scripts around them count once', () =>
    withCaptures(['01_code_multi'], ({ reader, user }) => {
      const { shares } = reader['session.ledger']({ id: user })
      // The six scripts last 1323.4 ms together and contain every nested call; streaming overlaps them and comes second.
      const { rows } = reader['session.tree']({ id: user })
      const scripts = rows.filter(({ kind, label }) => kind === 'tool_call' && label === 'exec')
      const lasted = scripts.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0)
      const rest = { startup: 17, unaccounted: 101 }
      expect(shown(shares)).toEqual({ tool_run: 1322, model_wait: 1459, model_stream: 37, ...rest })
      expect(lasted).toBeGreaterThanOrEqual(1321.5)
      expect(lasted - 1321.57).toBeLessThan(5)
      const touched = shares.find(({ kind }) => kind === 'tool_run')?.rowIds ?? []
      expect(new Set(touched)).toEqual(new Set(rows.filter(({ kind }) => kind === 'tool_call').map(({ id }) => id)))
    }))
})

test('a command that the sandbox broke off, as its event tells, was run again', () =>
  withCaptures(['02_classic'], (store) => {
    const { reader, user } = store
    const before = reader['session.ledger']({ id: user }).shares
    const row = reader['session.tree']({ id: user }).rows.find(({ label }) => label === 'exec_command')
    const record = (more: Record<string, string>): CapturedBody => {
      const values = {
        'event.name': 'codex.sandbox_outcome',
        'conversation.id': user,
        call_id: row?.callId ?? '',
        initial_duration_ms: '100',
        ...more,
      }
      const attributes = Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }))
      const observedTimeUnixNano = `${Math.floor(row?.startMs ?? 0)}000000`
      const body = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ observedTimeUnixNano, attributes }] }] }] }
      return { signal: 'logs', encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(body))) }
    }
    const share = (kind: ShareKind, shares = reader['session.ledger']({ id: user }).shares): number =>
      shares.find((one) => one.kind === kind)?.ms ?? NaN
    store.store(record({ outcome: 'success' }))
    expect(share('sandbox_retry')).toBe(0)
    store.store(record({ outcome: 'escalated', escalated_duration_ms: '200' }))
    expect(share('sandbox_retry')).toBe(100)
    expect(share('tool_run')).toBeCloseTo(share('tool_run', before) - 100, 5)
  }))
