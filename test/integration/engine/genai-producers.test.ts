import { describe, expect, test } from 'vitest'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import {
  loadRecording,
  producerNames,
  type Recording,
  type TrueMetric,
  type TrueSession,
} from '../../genai-producers.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { inTemporaryFolder, postTo, withEngine } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'
import { readFacts, type Tables } from './tables.ts'

describe.each(producerNames)('%s', (name) => {
  const recording = loadRecording(name)
  const { bodies } = recording

  test('shows what its program did, and the same in any order, twice and rebuilt', async () => {
    const { shown, tables } = await replay(bodies, {})
    expect(shown).toEqual(truthOf(recording))
    const protobuf = bodies.map(asProtobuf)
    for (const [arriving, how] of [
      [bodies.toReversed(), { settledBetween: true }],
      [bodies.toReversed(), {}],
      [bodies.flatMap((body) => [body, body]), { settledBetween: true }],
      [[...protobuf, ...bodies], {}],
      [bodies, { rebuilt: true }],
    ] as const)
      expect((await replay(arriving, how)).tables).toEqual(tables)
  })
})

test('over HTTP, protobuf and JSON, the programs stand side by side', async () => {
  const recordings = producerNames.map(loadRecording)
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      for (const { bodies } of recordings)
        for (const body of bodies) expect((await postTo(engine.httpPort, body)).status).toBe(200)
      await engine.settled()
      const db = openForReading(dataDir)
      const truths = recordings.map(truthOf)
      expect(shownIn(db)).toEqual({
        calls: truths.flatMap(({ calls }) => calls).sort(),
        sessions: truths.flatMap(({ sessions }) => sessions).sort(byText),
        metrics: truths.flatMap(({ metrics }) => metrics),
      })
      db.close()
    }),
  )
})

interface Shown {
  /** A line a call. */
  readonly calls: readonly string[]
  readonly sessions: readonly TrueSession[]
  readonly metrics: readonly TrueMetric[]
}

function truthOf({ calls, sessions, metrics }: Recording): Shown {
  return {
    calls: calls.map((call) => JSON.stringify(Object.values(call))).sort(),
    sessions: [...sessions].sort(byText),
    metrics,
  }
}

function shownIn(db: Db): Shown {
  const calls = db
    .prepare<[], string>(
      `SELECT json_array(service, session_id, model, json(iif(status = 'failed', 'true', 'false')), input_tokens, cached_tokens,
         cache_write_tokens, output_tokens, reasoning_tokens, round(ttft_ms, 1), reported_cost_usd, json(finish_reasons)) FROM genai_call`,
    )
    .pluck()
    .all()
  const sessions = db
    .prepare<[], { id: string; service: string; prompts: number; tools: string }>(
      `SELECT id, service, prompts, (
         SELECT json_group_array(name || iif(status = 'failed', '!', '') ORDER BY start_ns)
         FROM genai_step WHERE session_id = session.id AND kind = 'tool') AS tools
       FROM session`,
    )
    .all()
  const metrics = db
    .prepare<[], TrueMetric>(
      `SELECT name, (
         SELECT value ->> 1 FROM json_each(labels) WHERE value ->> 0 = 'gen_ai.token.type') AS tokenType, sum(metric_minute.count) AS count, round(sum(sum), 6) AS sum
       FROM metric_minute JOIN metric_series ON metric_series.id = series GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all()
  return {
    calls: calls.map((line) => JSON.stringify(JSON.parse(line))).sort(),
    sessions: sessions.map(({ tools, ...row }) => ({ ...row, tools: JSON.parse(tools) as string[] })).sort(byText),
    metrics,
  }
}

function byText(a: TrueSession, b: TrueSession): number {
  return `${a.id}\n${a.service}` < `${b.id}\n${b.service}` ? -1 : 1
}

function replay(
  bodies: readonly CapturedBody[],
  how: { readonly settledBetween?: boolean; readonly rebuilt?: boolean },
): Promise<{ readonly shown: Shown; readonly tables: Tables }> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    store.replay(bodies, how)
    const shown = shownIn(store.db)
    store.close()
    return { shown, tables: readFacts(dataDir) }
  })
}
