import { describe, expect, it } from 'vitest'
import { settleCalls } from '../../../src/model/codex/settle/calls.ts'
import { attempt, call, evidence, ms } from './evidence.ts'

const firstTokens = (known: Parameters<typeof evidence>[0]): (number | null)[] =>
  settleCalls(evidence(known), []).map(({ firstTokenMs }) => firstTokenMs)
const sampling = (startMs: number, endMs: number): { start: number; end: number } => ({
  start: startMs * ms,
  end: endMs * ms,
})

describe('the time to the first token', () => {
  it('counts from the start of the try, whose log of a request is written when the headers come', () => {
    const calls = [call(9000, { ttftMs: 20 })]
    expect(
      firstTokens({ calls, samplings: [sampling(1000, 9000)], attempts: [attempt(6000, { durationMs: 4990 })] }),
    ).toEqual([5020])
    expect(firstTokens({ calls, samplings: [sampling(1000, 6010)], attempts: [attempt(6000)] })).toEqual([null])
  })

  it('counts from the request that was answered, where others of its try failed', () => {
    const failed = attempt(2000, { success: false, durationMs: 900 })
    const attempts = [attempt(6000, { attempt: 1, durationMs: 3000 }), failed]
    expect(firstTokens({ calls: [call(9000, { ttftMs: 20 })], samplings: [sampling(1000, 9000)], attempts })).toEqual([
      3020,
    ])
  })

  it('never reaches beyond the response', () => {
    const known = { samplings: [sampling(1000, 9000)], attempts: [attempt(6000)] }
    expect(firstTokens({ calls: [call(9000, { ttftMs: 4000 })], ...known })).toEqual([8000])
  })

  it('is told by the log of the request where there are no traces, each response by its own', () => {
    const attempts = [
      attempt(1500, { kind: 'ws_connect', durationMs: 500 }),
      attempt(2000, { durationMs: 400 }),
      attempt(5000, { durationMs: 700, success: false }),
    ]
    const calls = [call(3000, { ttftMs: 100 }), call(6000, { ttftMs: 100 })]
    expect(firstTokens({ calls, attempts })).toEqual([500, null])
  })

  it('is not known of a response that failed, or that does not say it', () => {
    const known = { samplings: [sampling(1000, 9000)], attempts: [attempt(6000)] }
    expect(firstTokens({ calls: [call(9000), call(8999, { status: 'failed', ttftMs: 3 })], ...known })).toEqual([
      null,
      null,
    ])
  })
})
