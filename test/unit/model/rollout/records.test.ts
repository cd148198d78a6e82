import { describe, expect, it } from 'vitest'
import { bornMs, parseRolloutName } from '../../../../src/model/codex/rollout/file-name.ts'
import { headOf, headOfParsed } from '../../../../src/model/codex/rollout/head.ts'
import { factsOfLine, newRolloutState } from '../../../../src/model/codex/rollout/reader.ts'
import { stepBetween, usageOf } from '../../../../src/model/codex/rollout/usage.ts'

const thread = '01a22213-c94e-74a2-bd87-0f1b335a81fa'
const later = '01a22213-c95e-73d2-96e2-998d83361d8a'
const earlier = '01a22213-b000-73d2-96e2-998d83361d8a'

function factsOf(...lines: object[]): readonly unknown[] {
  const state = newRolloutState({ threadId: thread, rolloutId: thread, startedLocal: '', packed: false })
  return lines.flatMap((line) => {
    const head = headOfParsed(line)
    return head === null ? [] : factsOfLine(head, line, { offset: 0, length: 0 }, state)
  })
}

const event = (payload: object): object => ({ timestamp: '2026-11-28T12:00:00.000Z', type: 'event_msg', payload })

describe('the name of a session file', () => {
  it('says the thread, and the segment of it', () => {
    const name = `rollout-2026-11-28T12-14-11-${thread}`
    expect(parseRolloutName(`${name}.jsonl`)).toMatchObject({ threadId: thread, rolloutId: thread, packed: false })
    expect(parseRolloutName(`${name}_${later}.jsonl.zst`)).toMatchObject({
      threadId: thread,
      rolloutId: later,
      packed: true,
    })
    expect(parseRolloutName(`${name}.jsonl.part`)).toBeNull()
  })

  it('holds the moment of birth only in ids that tell it', () => {
    expect(bornMs(thread)).toBe(1795868051790)
    expect(bornMs('01a22213-c94e-44a2-bd87-0f1b335a81fa')).toBeNull()
  })
})

describe('the head of a line', () => {
  it('is the same by its first bytes and by its parsed form', () => {
    const item = { type: 'UserMessage', id: 'a' }
    const line = {
      timestamp: '2026-11-28T12:14:11.878Z',
      ordinal: 8,
      type: 'event_msg',
      payload: { type: 'item_completed', thread_id: thread, turn_id: later, item },
    }
    const head = { timestamp: line.timestamp, ordinal: 8, kind: 'event_msg/item_completed/UserMessage' }
    expect(headOf(JSON.stringify(line))).toEqual(head)
    expect(headOfParsed(line)).toEqual(head)
  })

  it('is looked for in the parsed line where keys stand in another order', () => {
    expect(headOf('{"type":"compacted","timestamp":"2026-11-28T12:14:11.878Z"}')).toBeNull()
    expect(headOfParsed({ type: 'compacted', timestamp: 'x' })?.kind).toBe('compacted')
    expect(headOfParsed(['no record'])).toBeNull()
  })
})

describe('a line', () => {
  it('of a turn that is older than the thread is a copy, and says nothing of it', () => {
    const end = (turnId: string): object => event({ type: 'task_complete', turn_id: turnId, duration_ms: 5 })
    expect(factsOf(end(earlier))).toEqual([])
    expect(factsOf(end(later))).toMatchObject([{ fact: 'rollout_turn_end', state: 'completed', durationMs: 5 }])
  })

  it('that patches what the model was told of the world says whether tools or instructions changed, and a full one nothing', () => {
    const state = (full: boolean, told: object): object => ({
      timestamp: '2026-11-28T12:00:00.000Z',
      type: 'world_state',
      payload: { full, state: told },
    })
    const patch = state(false, { agents_md: { text: 'velvet' }, tools: null, environments: {} })
    expect(headOf(JSON.stringify(patch))).toEqual(headOfParsed(patch))
    expect(headOf(JSON.stringify(state(true, {})))?.kind).toBe('world_state')
    const facts = factsOf(patch)
    expect(facts).toMatchObject(['instructions', 'tools'].map((what) => ({ fact: 'rollout_prompt_change', what })))
    expect(JSON.stringify(facts)).not.toContain('velvet')
    expect(factsOf(state(false, { environments: { subagents: 'a' }, constructor: {} }))).toEqual([])
    expect(factsOf(state(true, { tools: {} }))).toEqual([])
  })

  it('of a turn that failed names the class of the error', () => {
    const failed = (info: unknown): object =>
      event({ type: 'task_complete', turn_id: later, error: { message: 'words', codex_error_info: info } })
    expect(factsOf(failed('usage_limit_exceeded'))).toMatchObject([{ state: 'failed', error: 'usage_limit_exceeded' }])
    expect(factsOf(failed({ response_stream_disconnected: {} }))).toMatchObject([
      { error: 'response_stream_disconnected' },
    ])
  })

  it('holds no word of a person: a prompt is a length and a place', () => {
    const [prompt] = factsOf(event({ type: 'user_message', message: 'velvet' }))
    expect(prompt).toMatchObject({ fact: 'rollout_prompt', length: 6 })
    expect(JSON.stringify(prompt)).not.toContain('velvet')
  })

  it('of the remote repository holds no password', () => {
    const git = { branch: 'main', repository_url: 'https://me:secret@example.com/shop.git' }
    const [head] = factsOf({
      timestamp: '2026-11-28T12:00:00.000Z',
      type: 'session_meta',
      payload: { id: thread, timestamp: '2026-11-28T12:00:00.000Z', git },
    })
    expect(head).toMatchObject({ repository: 'https://example.com/shop.git' })
  })

  it('of a tool is judged by what Codex wrote before the output', () => {
    const output = (text: string): object => ({
      timestamp: '2026-11-28T12:00:00.000Z',
      type: 'response_item',
      payload: { type: 'function_call_output', call_id: 'a', output: text },
    })
    expect(factsOf(output('Process exited with code 3\nOutput:\n'))).toMatchObject([{ state: 'failed', exitCode: 3 }])
    expect(factsOf(output('Process running with session ID 7\nOutput:\nProcess exited with code 1\n'))).toMatchObject([
      { state: 'ok', exitCode: null },
    ])
    expect(factsOf(output('Wall time: 0.9 seconds\naborted by user'))).toMatchObject([{ state: 'aborted' }])
  })

  it('with usage limits is kept by the length of the window', () => {
    const limits = {
      limit_id: 'codex',
      primary: { used_percent: 12.5, window_minutes: 300, resets_at: 1795868051 },
      secondary: null,
    }
    expect(factsOf(event({ type: 'token_count', info: null, rate_limits: limits }))).toMatchObject([
      { fact: 'rollout_limit', windowMinutes: 300, usedPercent: 12.5, resetsAtMs: 1795868051000 },
    ])
  })
})

describe('the meter of tokens', () => {
  const meter = (input: number): Parameters<typeof stepBetween>[1] => {
    return { input, cached: 0, cacheWrite: 0, output: 0, reasoning: 0, total: input }
  }
  it('counts what it moved by, once, and believes the last answer where it fell', () => {
    expect(stepBetween(meter(10), meter(10), meter(10))).toBeNull()
    expect(stepBetween(meter(10), meter(25), meter(15))?.input).toBe(15)
    expect(stepBetween(meter(25), meter(8), meter(8))?.input).toBe(8)
    expect(stepBetween(null, meter(30), meter(8))?.input).toBe(8)
  })

  it('takes a part for its whole at most, as the telemetry’s counts are taken', () => {
    const usage = { input_tokens: 10, cached_input_tokens: 9000, output_tokens: 4, reasoning_output_tokens: 50 }
    expect(usageOf(usage)).toEqual({ input: 10, cached: 10, cacheWrite: 0, output: 4, reasoning: 4 })
    const moved = { ...meter(25), cached: 9000, total: 25 }
    expect(stepBetween(meter(10), moved, meter(15))).toMatchObject({ input: 15, cached: 15 })
  })
})
