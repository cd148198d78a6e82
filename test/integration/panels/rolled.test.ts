import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manyRoller } from '../../../src/engine/panels/roll-many.ts'
import { segmentsOf } from '../../../src/engine/panels/segments.ts'
import { sources } from '../../../src/engine/panels/sources.ts'
import { openSample, removeSample } from '../../../src/engine/store/sample.ts'
import { captureNamesOfOneDay, loadCapture, type CapturedBody } from '../../captures.ts'
import { appBodies } from './app-bodies.ts'
import { everyBody, rounded, withPanels, type PanelsUnderTest, type Range } from './panels-under-test.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Moves each session by 37 minutes more than the one before it, so that they spread over a day and cross the edges of hours. */
function spread({ db }: PanelsUnderTest): void {
  const ids = db.prepare<[], string>('SELECT id FROM session ORDER BY id').pluck().all()
  const columns: Record<string, readonly string[]> = {
    api_call: ['at_ns'],
    api_attempt: ['at_ns'],
    decision: ['at_ns'],
    prompt: ['at_ns'],
    tool_call: ['at_ns', 'span_start_ns', 'span_end_ns'],
    turn: ['start_ns', 'end_ns'],
    turn_share: ['start_ns'],
    genai_call: ['start_ns'],
    genai_step: ['start_ns'],
  }
  db.transaction(() => {
    ids.forEach((id, i) => {
      const by = BigInt(i * 37 * minuteMs) * 1_000_000n
      db.prepare('UPDATE session SET first_ns = first_ns + ?, last_ns = last_ns + ? WHERE id = ?').run(by, by, id)
      for (const [table, times] of Object.entries(columns))
        db.prepare(
          `UPDATE ${table} SET ${times.map((time) => `${time} = ${time} + @by`).join(', ')} WHERE session_id = @id`,
        ).run({ by, id })
    })
  })()
}

const filterSets: readonly object[] = [
  {},
  { helpers: false },
  { model: ['gpt-5.5'] },
  { model: ['gpt-6.1-sol'], helpers: false },
  { environment: ['capture', 'rich'], originator: ['codex_exec'] },
  { source: ['codex-app-server', 'shop'] },
  { errors: { atMost: 0 } },
  { decision: ['approved'], model: ['gpt-5.5'] },
]

/**
 * Whole hours, ranges that cut hours at either end, within one hour, buckets of less than an hour, months, and
 * buckets that begin within an hour of UTC.
 */
function cuts({ fromMs, toMs }: Range): readonly (readonly [Range, number, string?])[] {
  const at = (share: number): number => fromMs + Math.round(share * (toMs - fromMs))
  return [
    [{ fromMs, toMs }, hourMs],
    [{ fromMs: at(0.31), toMs: at(0.87) }, 3 * hourMs],
    [{ fromMs: at(0.5), toMs: at(0.52) }, hourMs],
    [{ fromMs: at(0.1), toMs: at(0.9) }, 5 * minuteMs],
    [{ fromMs: fromMs - 2_000 * hourMs, toMs: toMs + 2_000 * hourMs }, 24 * hourMs],
    [{ fromMs, toMs }, 3 * hourMs, 'Asia/Kathmandu'],
    [{ fromMs: at(0.2), toMs }, 24 * hourMs, 'Pacific/Marquesas'],
  ]
}

const answers = (under: PanelsUnderTest): unknown =>
  cuts(under.whole()).flatMap(([range, bucketMs, zone]) =>
    filterSets.map((filters) => ({ range, filters, rows: rounded(under.all(range, filters, bucketMs, zone)) })),
  )

/** What stands in the tables of sums of hours; lists are in no order, and a sum of fractions depends on it. */
function sumsOfHours({ db }: PanelsUnderTest): unknown {
  return sources.map(({ table, keys, lists }) =>
    db
      .prepare<[], Record<string, unknown>>(
        `SELECT * FROM ${table} WHERE hour > 0 ORDER BY hour, dimension, ${['hour', ...Object.keys(keys)].join(', ')}`,
      )
      .all()
      .map((row): unknown => {
        const packed = Object.keys(lists).map((list) => {
          const bytes = row[list] as Buffer | null
          return [
            list,
            bytes === null ? null : [...new Int32Array(Uint8Array.from(bytes).buffer)].sort((a, b) => a - b),
          ]
        })
        const cost = typeof row['cost_usd'] === 'number' ? { cost_usd: row['cost_usd'].toFixed(9) } : {}
        return { ...row, ...cost, ...Object.fromEntries(packed) }
      }),
  )
}

test('sums of whole hours give the rows that the facts give', async () => {
  await withPanels(everyBody(), (under) => {
    under.shares()
    spread(under)
    const fromFacts = answers(under)
    expect(under.db.prepare('SELECT count(*) FROM fact_hour WHERE rolled = 1').pluck().get()).toBe(0)
    under.sumUp()
    expect(under.db.prepare('SELECT count(*) FROM fact_hour WHERE rolled = 0').pluck().get()).toBe(0)
    expect(under.db.prepare('SELECT count(DISTINCT hour) FROM hour_call').pluck().get()).toBeGreaterThan(10)
    expect(under.db.prepare('SELECT count(DISTINCT hour) FROM hour_app_call').pluck().get()).toBeGreaterThan(2)
    expect(under.db.prepare('SELECT count(*) FROM fact_day').pluck().get()).toBeGreaterThan(0)
    expect(answers(under)).toEqual(fromFacts)
    // All at once they are the same as hour by hour, whichever of them are due.
    const byHour = sumsOfHours(under)
    for (const due of ['', 'WHERE hour % 3 = 0']) {
      under.db.exec(`UPDATE fact_hour SET rolled = 0 ${due}`)
      manyRoller(under.db)(Infinity)
      expect(sumsOfHours(under)).toEqual(byHour)
      expect(under.db.prepare('SELECT count(*) FROM fact_hour WHERE rolled = 0').pluck().get()).toBe(0)
    }
    // Of all sessions but one, facts are read of the hours of that one alone.
    const { fromMs, toMs } = under.whole()
    const ids = under.db.prepare<[], string>('SELECT id FROM session ORDER BY first_ns').pluck().all()
    const [first, ...others] = ids
    const { raw, rolled } = segmentsOf(under.db, fromMs, toMs, [], JSON.stringify(others))
    expect(JSON.parse(raw), first).toEqual([[fromMs * 1e6, fromMs * 1e6 + hourMs * 1e6]])
    const keys = JSON.parse(rolled) as number[]
    expect(keys.length).toBeGreaterThan(10)
    expect(keys).not.toContain(fromMs / hourMs)
    expect(segmentsOf(under.db, fromMs, toMs, [], '[]').rolled).toBe('[]')
  })
})

test('the parts of a range add up to the whole, however it is cut', async () => {
  await withPanels(everyBody(), (under) => {
    under.shares()
    spread(under)
    under.sumUp()
    const { fromMs, toMs } = under.whole()
    const edges = [fromMs, fromMs + 1_111_111, fromMs + 5 * hourMs, fromMs + 5 * hourMs + 1, toMs - 7_654_321, toMs]
    for (const [panel, column] of [
      ['tokens-total', 'input'],
      ['sessions-and-calls', 'calls'],
      ['sessions-and-calls', 'prompts'],
      ['api-success-rate', 'broken'],
      ['retries', 'retries'],
      ['retries', 'lostMs'],
    ] as const) {
      const parts = edges
        .slice(1)
        .map((edge, i) => Number(under.run(panel, { fromMs: edges[i] ?? 0, toMs: edge })[0]?.[column]))
      const whole = Number(under.run(panel, { fromMs, toMs })[0]?.[column])
      expect(whole, panel).toBeGreaterThan(0)
      expect(
        parts.reduce((sum, part) => sum + part),
        `${panel} ${column}`,
      ).toBeCloseTo(whole)
    }
  })
})

test('what arrives after an hour was summed up is seen at once, whatever it changes', async () => {
  const halves = captureNamesOfOneDay.map((name) => {
    const { bodies } = loadCapture(name)
    const middle = Math.floor(bodies.length / 2)
    return [bodies.slice(0, middle), bodies.slice(middle)] as const
  })
  const early: readonly CapturedBody[] = halves.flatMap(([first]) => first)
  const late = [...halves.flatMap(([, second]) => second), ...appBodies()]
  const expected = await withPanels([...early, ...late], (under) => {
    under.shares()
    return answers(under)
  })
  await withPanels(early, (under) => {
    under.sumUp()
    const before = rounded(under.all(under.whole()))
    for (const body of late) under.store(body)
    under.settle()
    under.shares()
    expect(rounded(under.all(under.whole()))).not.toEqual(before)
    expect(answers(under)).toEqual(expected)
    under.sumUp()
    expect(answers(under)).toEqual(expected)
  })
})

test('a session that turns out to be of another environment takes its summed facts with it', async () => {
  await withPanels(loadCapture('02_classic').bodies, (under) => {
    under.sumUp()
    const tokens = (environment: string): unknown =>
      under.run('tokens-total', under.whole(), { environment: [environment] })[0]?.['input']
    const input = tokens('capture')
    expect(input).toBeGreaterThan(0)
    under.db.exec("UPDATE session SET environment = 'other'; INSERT INTO unsettled SELECT id FROM session")
    under.settle()
    expect([tokens('capture'), tokens('other')]).toEqual([0, input])
    under.sumUp()
    expect([tokens('capture'), tokens('other')]).toEqual([0, input])
  })
})

test('the sample leaves nothing in the sums when it is removed', async () => {
  await withPanels(loadCapture('02_classic').bodies, (under) => {
    under.sumUp()
    const everywhere = { fromMs: 0, toMs: 8e12 }
    const before = rounded(under.all(everywhere, {}, 1e11))
    openSample(under.db, under.writer, join(import.meta.dirname, '../../../resources/sample'))
    under.sumUp()
    expect(rounded(under.all(everywhere, {}, 1e11))).not.toEqual(before)
    removeSample(under.db, under.writer)
    expect(rounded(under.all(everywhere, {}, 1e11))).toEqual(before)
    under.sumUp()
    expect(rounded(under.all(everywhere, {}, 1e11))).toEqual(before)
  })
})
