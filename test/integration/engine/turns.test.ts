import { expect, test } from 'vitest'
import type { SessionTurn } from '../../../src/contract/turns.ts'
import { captureNames } from '../../captures.ts'
import { withCaptures } from './stored-captures.ts'

function lines({ number, status, entries }: SessionTurn): string[] {
  const shown = entries.map(({ kind, title, status: of, depth }) => `${'  '.repeat(depth)}${kind} ${title}: ${of}`)
  return [`turn ${number}: ${status}`, ...shown]
}

test('a turn is told in order: prompt, calls, tools with their decisions', () =>
  withCaptures(['16_tui'], ({ reader, user }) => {
    const turns = reader['session.turns']({ id: user }).turns
    const own = turns.map((turn) => ({ ...turn, entries: turn.entries.filter(({ kind }) => kind !== 'helper') }))
    expect(own.slice(1, 3).flatMap(lines)).toEqual([
      'turn 2: ok',
      'prompt prompt: ok',
      'api_call api_call: ok',
      'tool_call exec_command: ok',
      '  decision approved: ok',
      'api_call api_call: ok',
      'turn 3: cancelled',
      'prompt prompt: ok',
      'api_call api_call: ok',
      'tool_call exec_command: cancelled',
    ])
    expect(turns.map(({ entries }) => entries.filter(({ kind }) => kind === 'helper').length)).toEqual([1, 1, 1, 1, 1])
  }))

test('failures stand below the call that they delayed, a broken stream once', () =>
  withCaptures(['03b_errors_recovered'], ({ reader, user }) => {
    const [turn] = reader['session.turns']({ id: user }).turns
    expect(turn === undefined ? [] : lines(turn)).toEqual([
      'turn 1: ok',
      'prompt prompt: ok',
      'api_call api_call: ok',
      '  error request failed · 429: error',
      '  error request failed · 500: error',
      '  error response failed: error',
      '  error response failed: error',
    ])
  }))

test('the status of a refused request is said once, wherever a person reads of it', () =>
  withCaptures(['03_errors_retries'], ({ reader, user }) => {
    const entries = reader['session.turns']({ id: user }).turns.flatMap((turn) => turn.entries)
    const told = entries.map(({ title, summary }) => `${title} ${summary}`)
    const rows = reader['session.tree']({ id: user }).rows.filter(({ kind }) => kind === 'api_call')
    const fields = rows.flatMap(({ id }) => reader['session.row']({ id: user, rowId: id }).fields)
    const behind = reader['panel.behind']({
      ...{ panel: 'api-errors', figure: 'errors', fromMs: 0, toMs: 8e12, filters: { helpers: true } },
      ...{ by: {}, each: 'fact', order: 'time', limit: 100 },
    })
    const lines = [...told, ...fields.map(({ value }) => value), ...behind.rows.map(({ detail }) => detail)]
    for (const status of ['429', '500']) {
      const saying = lines.filter((line) => line.includes(status))
      expect(saying.length).toBeGreaterThanOrEqual(3)
      expect(saying.filter((line) => line.split(status).length > 2)).toEqual([])
    }
  }))

test('nested calls are deeper than their script, and the final answer is told where it was logged', () =>
  withCaptures(['01_code_multi', '24_rich_flags'], ({ reader, user }) => {
    const nested = reader['session.turns']({ id: user }).turns.flatMap(({ entries }) => entries)
    expect(
      new Set(nested.filter(({ kind, title }) => kind === 'tool_call' && title === 'exec').map((e) => e.depth)),
    ).toEqual(new Set([0]))
    expect(nested.filter(({ title, depth }) => title === 'exec_command' && depth === 1)).toHaveLength(5)
    const rich = reader['session.list']({ helpers: false, limit: 10, offset: 0 }).sessions.find(({ id }) => id !== user)
    const answers = reader['session.turns']({ id: rich?.id ?? '' })
      .turns.flatMap(({ entries }) => entries)
      .filter(({ kind }) => kind === 'response')
    expect(answers.map(({ summary }) => summary)).toEqual(['All done: ran several tools.'])
  }))

test.each(captureNames)('%s: every call, tool, decision and prompt leads to its raw record', (name) =>
  withCaptures([name], ({ reader, user, helpers }) => {
    for (const id of [user, ...helpers])
      for (const { kind, ref, rowId } of reader['session.turns']({ id }).turns.flatMap(({ entries }) => entries)) {
        if (kind === 'helper') continue
        if (ref === null) throw new Error(`${kind} of ${id} has no record`)
        if (ref.kind === 'span') expect(reader['span.get'](ref).span).toMatchObject({ record: { spanId: ref.spanId } })
        else expect(JSON.stringify(reader['record.get'](ref).records)).toContain(`"stringValue":"${ref.event}"`)
        if (kind !== 'error' && kind !== 'response') expect(rowId).not.toBeNull()
      }
  }),
)

test('a long prompt is whole while its record is there, and its beginning afterwards', () =>
  withCaptures(['16_tui'], ({ reader, db, user }) => {
    const prompt = (): string | undefined => reader['session.turns']({ id: user }).turns[0]?.entries[0]?.summary
    expect(prompt()).toBe('SCN:one hello from tui')
    db.prepare("UPDATE prompt SET text = 'SCN:one' WHERE text = 'SCN:one hello from tui'").run()
    expect(prompt()).toBe('SCN:one hello from tui')
    db.exec('DELETE FROM log; DELETE FROM body')
    expect(prompt()).toBe('SCN:one')
  }))

test('a redacted prompt has its length and no text', () =>
  withCaptures(['10_json_redacted'], ({ reader, user }) => {
    const prompt = reader['session.turns']({ id: user }).turns[0]?.entries.find(({ kind }) => kind === 'prompt')
    expect(prompt?.summary).toBe('')
    expect(prompt?.figures).toHaveLength(1)
  }))
