import { expect, test } from 'vitest'
import { alertKeeper } from '../../../src/engine/alerts/keeper.ts'
import { statementOf } from '../../../src/engine/panels/statement.ts'
import { panels } from '../../../src/model/panels/index.ts'
import { captureNamesOfOneDay, loadCapture } from '../../captures.ts'
import { jsonBody, logRequest, texts } from '../engine/requests.ts'
import { appBeginMs, appBodies } from './app-bodies.ts'
import { everyBody, withPanels } from './panels-under-test.ts'

const beside = [...loadCapture('02_classic').bodies, ...appBodies()]
const lastDay = { fromMs: 1_795_000_000_000, toMs: 1_796_000_000_000 }
/** Panels that are one row, whatever there is. */
const stats = panels.filter(({ view }) => view.kind === 'stat').map(({ id }) => id)

test('without data a panel over time or a list has no rows, and a figure is 0 or unknown', async () => {
  await withPanels([], (under) => {
    for (const [id, rows] of Object.entries(under.all(lastDay)))
      expect(rows.length, id).toBe(stats.includes(id) ? 1 : 0)
    for (const id of stats)
      for (const value of Object.values(under.run(id, lastDay)[0] ?? {})) expect([0, null], id).toContain(value)
    for (const id of ['cache-rate', 'api-success-rate', 'genai-cache-rate', 'error-rate'])
      expect(under.run(id, lastDay)[0], id).toMatchObject({ rate: null })
  })
})

test('every panel has rows from real sessions and an application, and reads them within its row', async () => {
  await withPanels(everyBody(), (under) => {
    under.shares()
    for (const [id, rows] of Object.entries(under.all(under.whole()))) expect(rows, id).not.toEqual([])
  })
})

test('tokens, calls and sessions are those that the scripted model and the logs tell', async () => {
  await withPanels(everyBody(), (under) => {
    const all = captureNamesOfOneDay.flatMap((name) => loadCapture(name).conversations)
    const sum = (pick: (of: (typeof all)[number]) => number): number => all.reduce((n, of) => n + pick(of), 0)
    const whole = under.whole()
    expect(under.run('tokens-total', whole)).toEqual([
      {
        input: sum(({ input }) => input),
        output: sum(({ output }) => output),
        reasoning: sum(({ reasoning }) => reasoning),
      },
    ])
    expect(under.run('sessions-and-calls', whole)).toEqual([
      {
        sessions: all.filter(({ kind }) => kind === 'user').length,
        prompts: all.filter(({ kind }) => kind === 'user').reduce((n, { prompts }) => n + prompts, 0),
        calls: sum(({ model_calls: calls }) => calls),
      },
    ])
  })
})

test('an application counts on its own dashboard only', async () => {
  await withPanels(beside, (under) => {
    const whole = under.whole()
    const minutes = 60_000
    expect(under.run('genai-tokens-total', whole)).toEqual([{ input: 1600, output: 80, reasoning: 0, unreported: 0 }])
    expect(under.run('genai-cache-rate', whole)).toEqual([{ rate: 600 / 1600, cacheWrite: 0 }])
    expect(under.run('error-rate', whole)).toEqual([{ rate: 1 / 4, calls: 4, failed: 1 }])
    expect(under.run('services', whole)).toEqual([
      { service: 'shop', language: 'nodejs', calls: 3, tokens: 1570, errors: 1 },
      { service: 'search', language: 'python', calls: 1, tokens: 110, errors: 0 },
    ])
    expect(under.run('request-duration', whole, {}, minutes)).toEqual([
      { atMs: appBeginMs, p50: 300, p95: 900 },
      { atMs: appBeginMs + minutes, p50: 2000, p95: 2000 },
    ])
    expect(under.run('recent-errors', whole)).toEqual([
      expect.objectContaining({ kind: 'tool', name: 'look_up', service: 'search', error: 'timeout' }),
      expect.objectContaining({ kind: 'model call', name: 'gpt-5.5', spanId: '0000000000000004' }),
    ])
    expect(under.run('error-rate', whole, { originator: ['codex_exec'] })).toEqual([
      { rate: null, calls: 0, failed: 0 },
    ])
    expect(under.run('error-rate', whole, { source: ['search'] })).toEqual([{ rate: 0, calls: 1, failed: 0 }])
  })
})

test('logs are the newest hundred of services other than Codex', async () => {
  await withPanels(beside, (under) => {
    const rows = under.run('logs', under.whole())
    expect(rows).toHaveLength(100)
    expect(rows[0]).toMatchObject({ service: 'search', event: 'step 0', atMs: appBeginMs + 1_200_000, severity: 9 })
    expect(rows[1]).toMatchObject({ service: 'shop', event: 'step 119', timeNs: `${appBeginMs + 119_000}000000` })
    expect(rows.at(-1)).toMatchObject({ event: 'step 21' })
    expect(under.run('logs', under.whole(), { source: ['search'] })).toHaveLength(1)
  })
})

test('where no call tells its time to the first token, the metric does', async () => {
  const metricsOnly = loadCapture('02_classic').bodies.filter(({ signal }) => signal === 'metrics')
  await withPanels(metricsOnly, (under) => {
    const rows = under.run('ttft', lastDay, {}, 86_400_000)
    expect(rows).toEqual([{ atMs: expect.any(Number) as number, average: expect.any(Number) as number, p95: null }])
    expect(under.run('ttft', lastDay, { model: ['no-such-model'] })).toEqual([])
    expect(
      under.run('ttft', lastDay, { model: ['gpt-5.5'], originator: ['codex_exec'], appVersion: ['0.169.0'] }),
    ).toHaveLength(1)
  })
})

test('a call that failed and whose command ended with another exit code than 0 is unclean once', async () => {
  const result = (call: string, success: string, output: string): object => ({
    observedTimeUnixNano: '1795000000000000000',
    attributes: texts({
      ...{ 'event.name': 'codex.tool_result', 'conversation.id': 'classic', call_id: call, tool_name: 'shell_command' },
      ...{ duration_ms: '5', success, output },
    }),
  })
  const calls = [
    result('fine', 'true', 'Exit code: 0\nWall time: 0 seconds\nOutput:\n'),
    result('non-zero', 'true', 'Exit code: 3\nWall time: 0 seconds\nOutput:\n'),
    result('refused', 'false', 'Exit code: 1\nWall time: 0 seconds\nOutput:\n'),
    result('no command', 'true', 'Plan updated'),
  ]
  await withPanels([jsonBody('logs', logRequest(...calls))], (under) => {
    const expected = [expect.objectContaining({ rate: 3 / 4, clean: 2 / 4 })]
    expect(under.run('tool-success-over-time', lastDay)).toEqual(expected)
    under.sumUp()
    expect(under.run('tool-success-over-time', lastDay)).toEqual(expected)
  })
})

test('of what somebody decided the accepted and the amended count, and not what the configuration decides', async () => {
  const decided = (call: string, decision: string, source: string): object => ({
    observedTimeUnixNano: '1795000000000000000',
    attributes: texts({
      ...{
        'event.name': 'codex.tool_decision',
        'conversation.id': 'decided',
        call_id: call,
        tool_name: 'exec_command',
      },
      ...{ decision, source },
    }),
  })
  const decisions = [
    decided('one', 'approved', 'user'),
    decided('two', 'approved_with_amendment', 'user'),
    decided('three', 'approved_for_session', 'user'),
    decided('four', 'denied', 'user'),
    decided('five', 'abort', 'user'),
    decided('six', 'denied', 'config'),
  ]
  await withPanels([jsonBody('logs', logRequest(...decisions))], (under) => {
    expect(under.run('acceptance-rate', lastDay)).toEqual([expect.objectContaining({ rate: 3 / 5 })])
  })
})

test('the burn rate looks at the hour before the end, wherever the range begins', async () => {
  await withPanels(beside, (under) => {
    const { toMs } = under.whole()
    const of = (fromMs: number): unknown => under.run('burn-rate', { fromMs, toMs: toMs - 2_000_000 })
    under.sumUp()
    expect(of(toMs - 2_060_000)).toEqual(of(0))
    const [row] = under.run('burn-rate', { fromMs: toMs - 1, toMs })
    const [total] = under.run('tokens-total', under.whole())
    expect(row?.['last60']).toBeCloseTo((Number(total?.['input']) + Number(total?.['output'])) / 60)
    expect(row?.['last5']).toBe(0)
  })
})

test('the burn rate stands against the least budget for a day', async () => {
  await withPanels(beside, (under) => {
    const { toMs } = under.whole()
    const row = (): object => under.run('burn-rate', { fromMs: 0, toMs })[0] ?? {}
    const keeper = alertKeeper(under.db)
    const budget = { kind: 'budget', measure: 'usd' } as const
    expect(row()).toMatchObject({ budgetUsd: null, ofBudget: null })
    keeper.save({ id: 'off', enabled: false, watched: { ...budget, per: 'day', limit: 1 } })
    keeper.save({ id: 'month', enabled: true, watched: { ...budget, per: 'month', limit: 2 } })
    keeper.save({ id: 'dear', enabled: true, watched: { ...budget, per: 'day', limit: 40 } })
    keeper.save({ id: 'day', enabled: true, watched: { ...budget, per: 'day', limit: 4 } })
    const { usdToday } = row() as { usdToday: number }
    expect(usdToday).toBeGreaterThan(0)
    expect(row()).toMatchObject({ budgetUsd: 4, ofBudget: usdToday / 4 })
  })
})

test('the definition that is shown is the statement that runs', () => {
  for (const panel of panels) {
    const shown = statementOf(panel)
    expect(shown.endsWith(panel.sql), panel.id).toBe(true)
    expect(shown, panel.id).not.toContain('@')
  }
})
