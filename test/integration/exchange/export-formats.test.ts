import { join } from 'node:path'
import { expect, test } from 'vitest'
import { redactionKind, type RedactionKind } from '../../../src/model/exchange/redaction.ts'
import type { Report } from '../../../src/model/exchange/worked-out.ts'
import { openSession } from '../../../src/engine/exchange/session-source.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { jsonBody, texts, turnSpan } from '../engine/requests.ts'
import { openStore } from '../engine/store-under-test.ts'
import { exportText, reading, storeCapture } from './sessions.ts'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly cat?: string
  readonly ts: number
  readonly dur: number
  readonly args: Readonly<Record<string, unknown>>
}

test.each(['01_code_multi', '09_subagents', '16_tui', '03_errors_retries'])(
  'the Perfetto trace of %s has every row and every span once, and none hides another',
  async (name) => {
    await inTemporaryFolder((folder) => {
      const [id = ''] = storeCapture(join(folder, 'data'), name)
      const { tree, sessions, text } = reading(join(folder, 'data'), (db) => {
        const { loaded, sessions } = openSession(db, id)
        return { ...loaded, sessions, text: exportText(db, { id, format: 'perfetto', redact: [], version: '0' }) }
      })
      const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] }
      const bars = traceEvents.filter(({ ph }) => ph === 'X')
      const rows = bars.filter(({ cat }) => cat !== 'span')
      const spans = bars.filter(({ cat }) => cat === 'span')
      expect(rows.map(({ cat }) => cat).sort()).toEqual(tree.rows.map(({ kind }) => kind).sort())
      expect(new Set(spans.map(({ args }) => `${String(args['traceId'])} ${String(args['spanId'])}`)).size).toBe(
        tree.spanCount,
      )
      expect(spans).toHaveLength(tree.spanCount)
      expect(new Set(rows.map(({ pid }) => pid)).size).toBe(sessions.length)
      expect(traceEvents.filter((event) => event.name === 'process_name').length).toBeGreaterThanOrEqual(
        sessions.length,
      )

      const lanes = new Map<string, TraceEvent[]>()
      for (const bar of bars) {
        const lane = `${String(bar.pid)} ${String(bar.tid)}`
        lanes.set(lane, [...(lanes.get(lane) ?? []), bar])
      }
      for (const lane of lanes.values()) {
        const sorted = lane.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)
        const open: TraceEvent[] = []
        for (const bar of sorted) {
          // A double holds the time of day to a quarter of a microsecond.
          expect(bar.ts).toBeGreaterThanOrEqual(-0.5)
          while (open.length > 0 && endOf(open.at(-1)) <= bar.ts + 0.002) open.pop()
          if (open.length > 0) expect(endOf(bar)).toBeLessThanOrEqual(endOf(open.at(-1)) + 0.002)
          open.push(bar)
        }
      }
    })
  },
)

function endOf(bar: TraceEvent | undefined): number {
  return (bar?.ts ?? 0) + (bar?.dur ?? 0)
}

test('the summary names what was done, where the time went and what failed', async () => {
  await inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '08_mcp')
    const text = reading(folder, (db) => exportText(db, { id, format: 'markdown', redact: [], version: '0' }))
    expect(text).toMatch(/^# SCN:mcp go\n/)
    expect(text).toContain('| Model | gpt-5.5, medium |')
    expect(text).toContain('| Tokens in | 6,000, of them 2,400 cached |')
    expect(text).toMatch(
      /\| Turn \| Duration \| tools running \| the model answering \| waiting for the model’s first item \|/,
    )
    expect(text).toMatch(/\| 1 \| 09:27:31 \| 440 ms \| done \| 2 \| echo, fail \| 6,170 \| SCN:mcp go \|/)
    expect(text).toMatch(/\| Cost \| \$0\.\d+ \(API-equivalent estimate, prices of .+\) \|/)
    expect(text).toMatch(/## Errors\n\n- 09:27:31 fail failed: /)
  })
})

test('what a prompt holds cannot change the summary’s own form', async () => {
  await inTemporaryFolder((folder) => {
    for (const id of storeCapture(folder, '16_tui')) {
      const text = reading(folder, (db) => exportText(db, { id, format: 'markdown', redact: [], version: '0' }))
      const widths = text.split('\n').filter((line) => line.startsWith('|'))
      for (const line of widths) expect(line).toMatch(/^\| .*\|$/)
      expect(text).not.toMatch(/<[a-z]/i)
      expect(text.match(/^# /gm)).toHaveLength(1)
    }
  })
})

test('neither can what other programs call a session, its service and its model', async () => {
  await inTemporaryFolder((folder) => {
    const odd = 'a`|<b>\r\n\n# c'
    const told = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': odd, 'gen_ai.conversation.id': odd }
    const spans = [turnSpan('', { name: 'chat', attributes: texts(told) })]
    const resource = { attributes: texts({ 'service.name': odd }) }
    const body = jsonBody('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })
    const [id = ''] = storeCapture(folder, '', [body])
    const text = reading(folder, (db) => exportText(db, { id, format: 'markdown', redact: [], version: '0' }))
    const escaped = 'a\\`\\|\\<b\\> \\# c'
    for (const name of ['Session', 'Codex']) expect(text).toContain(`| ${name} | ${escaped} |\n`)
    expect(text.match(/^# /gm)).toHaveLength(1)
  })
})

test('the OTLP lines are small requests of one signal each', async () => {
  await inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '22_many_steps')
    const text = reading(folder, (db) => exportText(db, { id, format: 'otlp', redact: [], version: '0' }))
    const lines = text.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) {
      const keys = Object.keys(JSON.parse(line) as object)
      expect(['resourceSpans', 'resourceLogs']).toContain(keys[0])
      expect(keys).toHaveLength(1)
    }
  })
})

test('a file says what its session cost, where the time went, what was found, and what was taken out', async () => {
  await inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '03_errors_retries')
    const store = openStore(folder)
    const told = {
      ledger: store.reader['session.ledger']({ id }),
      cost: store.reader['session.receipts']({ id }),
      found: store.reader['session.findings']({ id }),
    }
    store.close()
    const write = (format: 'json' | 'markdown', redact: RedactionKind[]): string =>
      reading(folder, (db) => exportText(db, { id, format, redact, version: '0' }))
    for (const redact of [[], redactionKind.options]) {
      const { redacted, workedOut } = JSON.parse(write('json', redact)) as Report
      expect(redacted).toEqual(redact)
      expect(workedOut.ledger.wallMs).toBe(told.ledger.wallMs)
      expect(workedOut.ledger.shares).toEqual(told.ledger.shares.map(({ kind, ms, share }) => ({ kind, ms, share })))
      expect(workedOut.cost.total).toEqual(workedOut.cost.own)
      expect(workedOut.cost.total.costUsd).toBe(told.cost.total.costUsd)
      expect(workedOut.verdict).toBe(told.found.verdict)
      expect(workedOut.findings.map(({ title }) => title)).toEqual(told.found.findings.map(({ title }) => title))
      expect(workedOut.findings.length).toBeGreaterThan(1)
    }
    expect(write('markdown', ['paths', 'email'])).toContain('\nTaken out before it was written: paths, email.\n')
    expect(write('markdown', [])).not.toContain('Taken out')
  })
})
