import { appendFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { procedures } from '../../../src/contract/index.ts'
import { conversationQueries } from '../../../src/engine/queries/conversation.ts'
import type { Reader } from '../../../src/engine/queries/index.ts'
import type { TreeRow } from '../../../src/model/tree/row.ts'
import { loadRolloutRun, type RolloutRun } from '../../rollouts.ts'
import { fromFiles } from './files-alone.ts'
import { follow, patience, sessionFiles, withHome } from './home-under-test.ts'

function userOf(run: RolloutRun): string {
  return run.threads.find(({ kind }) => kind === 'user')?.id ?? ''
}

function rowsOf(reader: Reader, id: string, kind: TreeRow['kind']): readonly TreeRow[] {
  return reader['session.tree']({ id }).rows.filter((row) => row.sessionId === id && row.kind === kind)
}

describe('a session that its files alone tell of', () => {
  it('has its turns that a return to an earlier message took back, marked, and counts them', async () => {
    const run = loadRolloutRun('21_tui_backtrack')
    await fromFiles(run, (reader) => {
      const id = userOf(run)
      const notes = rowsOf(reader, id, 'turn').map(({ note }) => note)
      const takenBack = 'taken back by a return to an earlier message'
      expect(notes).toEqual(['', takenBack, takenBack, ''])
      expect(reader['session.turns']({ id }).turns.map(({ note }) => note)).toEqual(notes)
      const { turns, apiCalls } = reader['session.get']({ id })
      expect({ turns, apiCalls }).toEqual({ turns: 4, apiCalls: run.threads[0]?.totals.calls })
    })
  })

  it('is none of which no record was understood, for none came', async () => {
    await fromFiles(loadRolloutRun('06_refused'), (reader) => {
      expect(reader['health.names']({}).notUnderstood.senders).toEqual([])
    })
  })

  it('says of a failed turn what failed', async () => {
    const run = loadRolloutRun('14_rate_limits')
    await fromFiles(run, (reader) => {
      const turns = rowsOf(reader, userOf(run), 'turn')
      expect(turns.map(({ status, note }) => [status, note])).toEqual([
        ['ok', ''],
        ['ok', ''],
        ['error', 'failed · usage_limit_exceeded'],
      ])
    })
  })

  it.each(['12_compact_auto', '13_compact_remote', '24_server_legacy'])(
    'has the compaction of %s as a row in its turn',
    async (name) => {
      const run = loadRolloutRun(name)
      await fromFiles(run, (reader) => {
        const [row, ...more] = rowsOf(reader, userOf(run), 'compaction')
        expect(more).toEqual([])
        const call = run.threads[0]?.calls.find(({ kind }) => kind === 'compaction')
        expect(row?.turnId).toBe(call?.turn)
        expect(row?.startMs).toBeLessThanOrEqual((call?.requested_ms ?? 0) + 2)
        expect((row?.startMs ?? 0) + (row?.durationMs ?? 0)).toBeGreaterThanOrEqual((call?.completed_ms ?? 0) - 50)
        // Older files do not say when it began.
        expect(row?.atMost).toBe(name === '24_server_legacy')
      })
    },
  )

  it('has the errors that Codex told in it', async () => {
    const run = loadRolloutRun('01_fix')
    const payload = { type: 'error', message: 'The planted word', codex_error_info: { stream_lost: {} } }
    await fromFiles(
      run,
      async (reader, { db }) => {
        const entries = reader['session.turns']({ id: userOf(run) }).turns.flatMap((turn) => turn.entries)
        // No record of the telemetry stands for what only the file tells.
        expect(entries.filter(({ ref }) => ref !== null)).toEqual([])
        const [error, ...more] = entries.filter(({ kind }) => kind === 'error')
        expect(more).toEqual([])
        expect(error).toMatchObject({ title: 'Codex reported an error', summary: 'stream_lost' })
        const params = procedures['session.conversation'].params.parse({ id: userOf(run) })
        const { items } = await conversationQueries(db)['session.conversation'](params)
        const said = items.find(({ kind }) => kind === 'error')
        expect(said).toMatchObject({ problem: 'stream_lost', text: { text: 'The planted word' } })
      },
      (home) => {
        plant(home, { type: 'event_msg', payload })
      },
    )
  })
})

it.each(['12_compact_auto', '13_compact_remote'])(
  'a compaction that both witnesses of %s tell is one',
  async (name) => {
    const run = loadRolloutRun(name)
    await fromFiles(run, (reader, store) => {
      for (const body of run.bodies) store.store(body)
      store.settle()
      const rows = rowsOf(reader, userOf(run), 'compaction')
      expect(rows.map(({ atMost }) => atMost)).toEqual([false])
      expect(store.db.prepare<[], string>('SELECT witness FROM compaction').pluck().all()).toEqual(['telemetry'])
    })
  },
)

it('what is new in session files is counted, told in Health, and forgotten with them', async () => {
  await withHome('01_fix', async ({ engine, home }) => {
    plant(home, { type: 'weather_report', payload: { word: 'secret' } })
    plant(home, { type: 'weather_report', payload: {} })
    plant(home, { type: 'turn_context', payload: { turn_id: '01a22213-cb11-7000-8000-000000000000', mood: 'secret' } })
    await follow(engine, home)
    const inFiles = async () => (await engine.ask('health.names', {})).inFiles
    await vi.waitFor(async () => expect(await inFiles()).toHaveLength(2), patience)
    expect(await inFiles()).toMatchObject([
      { name: 'turn_context.mood', version: '0.171.0', lines: 1 },
      { name: 'weather_report', version: '0.171.0', lines: 2 },
    ])
    await engine.ask('history.forget', {})
    expect(await inFiles()).toEqual([])
  })
})

/** Adds a line to the one session file of a home, as of a moment after its last. */
function plant(home: string, record: object): void {
  const path = findRollouts(home).files[0]?.path ?? sessionFiles(home)[0] ?? ''
  appendFileSync(path, `${JSON.stringify({ timestamp: '2026-11-28T12:14:13.500Z', ordinal: 9000, ...record })}\n`)
}
