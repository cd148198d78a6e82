import { describe, expect, it } from 'vitest'
import type { Reader } from '../../../src/engine/queries/index.ts'
import type { TreeRow } from '../../../src/model/tree/row.ts'
import { loadRolloutRun, rolloutRuns, type TrueThread } from '../../rollouts.ts'
import { fromFiles } from './files-alone.ts'

function rowsOf(reader: Reader, { id }: TrueThread, kind: TreeRow['kind']): readonly TreeRow[] {
  const own = reader['session.tree']({ id }).rows.filter((row) => row.sessionId === id && row.kind === kind)
  return own.sort((a, b) => endOf(a) - endOf(b))
}

function endOf({ startMs, durationMs }: TreeRow): number {
  return startMs + (durationMs ?? Infinity)
}

/** Of the two clocks of a run, and what its model took to note that it had answered. */
const slackMs = 2
const notedMs = 50

describe.each(rolloutRuns)('by the files of %s alone', (name) => {
  const run = loadRolloutRun(name)
  const filed = run.threads.filter(({ files }) => files.length > 0)

  it('each model call lies within the bounds that its row shows, and its row says that it is one', async () => {
    await fromFiles(run, (reader) => {
      for (const thread of filed) {
        const rows = rowsOf(reader, thread, 'api_call')
        const calls = [...thread.calls].sort((a, b) => a.completed_ms - b.completed_ms)
        expect(rows).toHaveLength(calls.length)
        calls.forEach(({ requested_ms, completed_ms, response_id }, i) => {
          const row = rows[i] as TreeRow
          expect(row.atMost, response_id).toBe(true)
          expect(row.startMs, response_id).toBeLessThanOrEqual(requested_ms + slackMs)
          expect(endOf(row), response_id).toBeGreaterThanOrEqual(completed_ms - notedMs)
        })
      }
    })
  })

  it('the shares of each turn are its wall time, and tell of the model without guessing', async () => {
    await fromFiles(run, (reader) => {
      for (const thread of filed) {
        const ledger = reader['session.ledger']({ id: thread.id })
        for (const { shares, wallMs } of [ledger, ...ledger.turns]) {
          expect(shares.reduce((sum, { ms }) => sum + (ms ?? Number.NaN), 0)).toBeCloseTo(wallMs, 3)
        }
        const model = ledger.shares
          .filter(({ kind }) => kind.startsWith('model'))
          .reduce((sum, { ms }) => sum + (ms ?? 0), 0)
        expect(model > 0).toBe(thread.calls.length > 0)
      }
    })
  })
})

/** What a run's driver does not know, the telemetry told: `asked_ms` of a terminal. */
describe.each(['09_tui', '23_server_approvals'])('an approval in %s, by the file alone', (name) => {
  const run = loadRolloutRun(name)
  const [thread] = run.threads.filter(({ kind }) => kind === 'user')

  it('was waited for until it was answered, at most 60 ms too long', async () => {
    await fromFiles(run, (reader) => {
      const rows = new Map(rowsOf(reader, thread as TrueThread, 'tool_call').map((row) => [row.callId, row]))
      const waits = [...rows.values()].flatMap((row) =>
        row.parts.filter(({ kind }) => kind === 'wait_user').map((part) => ({ row, part })),
      )
      const asked = run.approvals.filter(({ call_id }) => rows.get(call_id)?.status !== 'cancelled')
      expect(waits.map(({ row }) => row.callId).sort()).toEqual(asked.map(({ call_id }) => call_id).sort())
      for (const { row, part } of waits) {
        const answer = run.approvals.find(({ call_id }) => call_id === row.callId)
        const lateMs = part.startMs + part.durationMs - (answer?.answered_ms ?? 0)
        expect(lateMs, row.note).toBeGreaterThanOrEqual(-slackMs)
        // What was declined left two lines, with all that came before the question between them.
        const isOfLines = part.startMs === row.startMs
        expect(row.note).toContain(isOfLines ? 'from the file, at most' : 'from the file, up to 60 ms too much')
        if (answer === undefined || answer.asked_ms === null || isOfLines) continue
        const tooLongMs = part.durationMs - (answer.answered_ms - answer.asked_ms)
        expect(Math.abs(tooLongMs), row.note).toBeLessThanOrEqual(60)
      }
    })
  })
})
